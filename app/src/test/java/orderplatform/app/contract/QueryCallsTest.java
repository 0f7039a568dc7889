package orderplatform.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import orderplatform.app.Platform;
import orderplatform.app.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(Platform.SHARED)
class QueryCallsTest {

    private static final int LARGE_ORDERS = 60;

    private final Platform platform = Platform.shared();

    @Test
    void an_order_is_shown_as_the_contract_says() {
        var sku = platform.stocked(10);
        var placed = platform.order("17850", sku, 6);
        var view = platform.await(
                placed.header("Location"),
                it -> "CAPTURED".equals(it.body().path("payment").path("status").asString("")));
        assertThat(view.body().propertyNames())
                .containsExactlyInAnyOrder(
                        "orderId",
                        "customerId",
                        "status",
                        "currency",
                        "total",
                        "shipping",
                        "lines",
                        "payment",
                        "placedAt",
                        "updatedAt",
                        "version",
                        "position",
                        "rejection");
        assertThat(view.body().path("lines").toString())
                .isEqualTo("[{\"sku\":\"%s\",\"quantity\":6,\"unitPrice\":255,\"lineTotal\":1530}]".formatted(sku));
        assertThat(view.body().path("payment").toString())
                .isEqualTo("{\"status\":\"CAPTURED\",\"authorised\":1530,\"captured\":1530,\"refunded\":0}");
        assertThat(view.body().path("rejection").isNull()).isTrue();
        assertThat(Instant.parse(view.text("placedAt"))).isBefore(Instant.parse(view.text("updatedAt")));
        assertThat(view.header("ETag"))
                .isEqualTo("\"%d\"".formatted(view.body().path("version").asLong()));
    }

    @Test
    void an_order_and_its_stock_are_shown_as_they_were() {
        var sku = platform.stocked(10);
        var order = platform.order("17850", sku, 6).header("Location");
        var now = platform.await(
                order,
                it -> "CAPTURED".equals(it.body().path("payment").path("status").asString("")));
        var first = platform.get(order + "?asOfVersion=0").expect(200);
        assertThat(first.text("status")).isEqualTo("PLACED");
        assertThat(first.body().path("payment").path("status").asString()).isEqualTo("NONE");
        assertThat(platform.get(order + "?asOf=" + now.text("placedAt"))
                        .expect(200)
                        .body())
                .isEqualTo(first.body());
        assertThat(platform.get(order + "?asOfVersion=" + now.number("version"))
                        .expect(200)
                        .body())
                .isEqualTo(now.body());
        platform.get(order + "?asOf=2001-01-01T00:00:00Z").expect(404);

        var diff = platform.get("%s/diff?from=0&to=%d".formatted(order, now.number("version")))
                .expect(200);
        assertThat(diff.body()
                        .path("changes")
                        .valueStream()
                        .map(it -> it.path("field").asString()))
                .containsExactly(
                        "payment.authorised",
                        "payment.captured",
                        "payment.status",
                        "position",
                        "status",
                        "updatedAt",
                        "version");

        var stock = platform.await("/api/stock/" + sku, it -> it.number("allocated") == 6);
        assertThat(platform.get("/api/stock/%s?asOfVersion=0".formatted(sku))
                        .expect(200)
                        .number("available"))
                .isEqualTo(10);
        assertThat(platform.get("/api/stock/%s?asOfVersion=%d".formatted(sku, stock.number("version")))
                        .expect(200)
                        .body())
                .isEqualTo(stock.body());
    }

    @Test
    void a_query_with_a_token_shows_the_write_that_gave_it() {
        for (int i = 0; i < 20; i++) {
            var answer = platform.post(
                            "/api/orders",
                            Platform.orderOf("17850", platform.stocked(10), 1),
                            "Idempotency-Key",
                            Platform.newId("key"))
                    .expect(201);
            platform.get(answer.header("Location"), "Consistency-Token", answer.header("Consistency-Token"))
                    .expect(200);
        }
    }

    @Test
    void a_token_that_the_projection_does_not_reach_in_two_seconds_is_told_to_come_back() {
        var order = platform.order("17850", platform.stocked(10), 1);
        var answer = platform.get(order.header("Location"), "Consistency-Token", "999999999")
                .expect(503);
        assertThat(answer.text("type")).isEqualTo("/problems/projection-behind");
        assertThat(answer.header("Retry-After")).isNotNull();
        platform.get(order.header("Location"), "Consistency-Token", "soon").expect(400);
    }

    @Test
    void orders_are_listed_newest_first_in_pages_by_customer_and_status() {
        var customer = Platform.newId("customer");
        var sku = platform.stocked(5);
        var placed = new ArrayList<String>();
        IntStream.range(0, 7)
                .forEach(i -> placed.addFirst(platform.order(customer, sku, 1).text("orderId")));
        var rejected = "/api/orders?customerId=%s&status=REJECTED".formatted(customer);
        platform.await(rejected, it -> it.body().path("items").size() == 2);
        assertThat(ids(rejected)).containsExactlyElementsOf(placed.subList(0, 2));
        var shown = new ArrayList<String>();
        var path = "/api/orders?limit=3&customerId=" + customer;
        var cursor = "";
        do {
            var page = platform.get(path + cursor).expect(200);
            page.body()
                    .path("items")
                    .forEach(order -> shown.add(order.path("orderId").asString()));
            var next = page.text("nextCursor");
            cursor = next == null ? null : "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
        } while (cursor != null);
        assertThat(shown).containsExactlyElementsOf(placed);
    }

    private List<String> ids(String path) {
        return platform.get(path)
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(order -> order.path("orderId").asString())
                .toList();
    }

    @Test
    void a_bad_search_is_refused_naming_the_parameter() {
        for (var bad : List.of("limit=0", "limit=201", "limit=x", "status=LOST", "cursor=%21%21")) {
            var answer = platform.get("/api/orders?" + bad).expect(400);
            assertThat(answer.body().path("errors").path(0).path("field").asString())
                    .isEqualTo(bad.substring(0, bad.indexOf('=')));
        }
    }

    @Test
    void the_history_tells_every_event_of_the_order_and_who_caused_it() {
        var order = platform.order("17850", platform.stocked(10), 1, "X-Actor", "till-7");
        var history = platform.get(
                        order.header("Location") + "/history", "Consistency-Token", order.header("Consistency-Token"))
                .expect(200);
        var events = history.body().path("events");
        assertThat(events.valueStream().map(it -> it.path("type").asString()))
                .containsExactly("order.placed", "order.confirmed");
        assertThat(events.valueStream().map(it -> it.path("version").asLong())).containsExactly(0L, 1L);
        assertThat(events.valueStream()
                        .map(it -> it.path("metadata").path("actor").asString()))
                .containsOnly("till-7");
        var correlation = events.path(0).path("metadata").path("correlationId").asString();
        assertThat(correlation).isNotBlank();
        assertThat(events.valueStream()
                        .map(it -> it.path("metadata").path("correlationId").asString()))
                .containsOnly(correlation);
        assertThat(events.valueStream()
                        .map(it -> it.path("metadata").path("causationId").asString()))
                .doesNotHaveDuplicates();
        assertThat(events.path(0).path("data").path("customerId").asString()).isEqualTo("17850");
        assertThat(Instant.parse(events.path(0).path("recordedAt").asString())).isBefore(Instant.now());
    }

    @Test
    void the_log_is_read_from_a_position_by_type_and_by_stream() {
        var sku = platform.stocked(10);
        var order = platform.order("17850", sku, 1);
        platform.await(
                order.header("Location"),
                it -> it.body().path("payment").path("status").asString().equals("CAPTURED"));
        var id = order.text("orderId");
        var stream = platform.get("/api/events?stream=payment-pay-" + id).expect(200);
        assertThat(stream.body().path("events")).hasSize(4);
        var first = stream.body().path("events").path(0).path("position").asLong();
        assertThat(stream.body().path("next").asLong())
                .isEqualTo(stream.body().path("events").path(3).path("position").asLong());
        var rest = platform.get("/api/events?stream=payment-pay-%s&after=%d&limit=2".formatted(id, first))
                .expect(200);
        assertThat(rest.body()
                        .path("events")
                        .valueStream()
                        .map(it -> it.path("version").asLong()))
                .containsExactly(1L, 2L);
        var receipts =
                platform.get("/api/events?type=stock.received&limit=1000").expect(200);
        assertThat(receipts.body()
                        .path("events")
                        .valueStream()
                        .map(it -> it.path("type").asString()))
                .containsOnly("stock.received");
        platform.get("/api/events?limit=0").expect(400);
        platform.get("/api/events?after=x").expect(400);
    }

    @Test
    void notifications_say_what_was_sent_to_whom_and_why() {
        var body = told(platform.stocked(10));
        var order = platform.post("/api/orders", body, "Idempotency-Key", Platform.newId("key"), "Prefer", "wait=30");
        var path = "/api/notifications?orderId=" + order.text("orderId");
        var told = platform.await(
                path,
                it -> it.body()
                                .path("items")
                                .valueStream()
                                .filter(item -> item.path("status").asString().equals("SENT"))
                                .count()
                        == 2);
        var items = told.body().path("items");
        assertThat(items.valueStream().map(it -> it.path("channel").asString()))
                .containsExactlyInAnyOrder("EMAIL", "SMS");
        assertThat(items.valueStream().map(it -> it.path("recipient").asString()))
                .containsExactlyInAnyOrder("17850@customers.example", "+44 20 7946 0000");
        assertThat(items.valueStream().map(it -> it.path("template").asString()))
                .containsOnly("order-confirmed");
        assertThat(items.path(0).propertyNames())
                .containsExactlyInAnyOrder(
                        "notificationId",
                        "orderId",
                        "channel",
                        "recipient",
                        "template",
                        "status",
                        "sentAt",
                        "eventPosition");
    }

    @Test
    void notifications_with_a_token_show_what_the_write_has_to_tell() {
        var sku = platform.stocked(10);
        for (int i = 0; i < 5; i++) {
            var order = platform.post(
                    "/api/orders", told(sku), "Idempotency-Key", Platform.newId("key"), "Prefer", "wait=30");
            assertThat(templates(order, order)).containsExactly("order-confirmed", "order-confirmed");
            var cancelled =
                    platform.post(order.header("Location") + "/cancellation", Map.of("reason", "changed my mind"));
            assertThat(templates(order, cancelled))
                    .containsExactly("order-confirmed", "order-confirmed", "order-cancelled", "order-cancelled");
        }
        var unknown = "/api/notifications?orderId=" + Platform.newId("order");
        platform.get(unknown, "Consistency-Token", "0").expect(200);
        platform.get(unknown, "Consistency-Token", "soon").expect(400);
        var behind = platform.get(unknown, "Consistency-Token", "999999999").expect(503);
        assertThat(behind.text("type")).isEqualTo("/problems/projection-behind");
        assertThat(behind.header("Retry-After")).isNotNull();
    }

    private List<String> templates(Platform.Answer order, Platform.Answer write) {
        return platform.get(
                        "/api/notifications?orderId=" + order.text("orderId"),
                        "Consistency-Token",
                        write.header("Consistency-Token"))
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .map(item -> item.path("template").asString())
                .toList();
    }

    private static String told(String sku) {
        return """
                {"customerId":"17850","currency":"GBP","contact":{"email":"17850@customers.example","phone":"+44 20 7946 0000"},
                 "lines":[{"sku":"%s","quantity":1,"unitPrice":255}]}""".formatted(sku);
    }

    /** However many orders a caller asks for at once: both ends have to hold them. */
    @Test
    void a_page_of_large_orders_ends_after_four_mebibytes_and_goes_on_where_it_ended() {
        var customer = Platform.newId("customer");
        var line = "{\"sku\":\"%s\",\"quantity\":1,\"unitPrice\":1}".formatted(platform.stocked(1_000_000));
        var body = "{\"customerId\":\"%s\",\"currency\":\"GBP\",\"lines\":%s}"
                .formatted(customer, Collections.nCopies(2_000, line));
        long start = Long.parseLong(
                platform.post("/api/stock/%s/receipts".formatted(Platform.newId("SKU")), "{\"quantity\":1}")
                        .header("Consistency-Token"));
        var token = "";
        for (int i = 0; i < LARGE_ORDERS; i++) {
            token = platform.post("/api/orders", body, "Idempotency-Key", Platform.newId("key"))
                    .expect(201)
                    .header("Consistency-Token");
        }
        long after = start;
        int events = 0;
        for (int read = 1; read > 0; events += read) {
            var page = platform.get("/api/events?type=order.placed&limit=1000&after=" + after)
                    .expect(200);
            assertThat(page.response().body().length()).isLessThan(4 << 20);
            read = page.body().path("events").size();
            after = page.number("next");
        }
        assertThat(events).isGreaterThanOrEqualTo(LARGE_ORDERS);

        var orders = new ArrayList<String>();
        var next = "";
        do {
            var page = platform.get(
                            "/api/orders?limit=200&customerId=" + customer + (next.isEmpty() ? "" : "&cursor=" + next),
                            "Consistency-Token",
                            token)
                    .expect(200);
            assertThat(page.response().body().length()).isLessThan(5 << 20);
            page.body()
                    .path("items")
                    .forEach(it -> orders.add(it.path("orderId").asString()));
            next = page.body().path("nextCursor").asString("");
        } while (!next.isEmpty());
        assertThat(orders).hasSize(LARGE_ORDERS).doesNotHaveDuplicates();
        callersThatDoNotReadHoldUpNobody(start);
    }

    /** There is more to write to each of them than the buffers on its way take. */
    private void callersThatDoNotReadHoldUpNobody(long after) {
        var silent = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 6; i++) {
                silent.add(new RawHttp(platform.uri("/").getPort()).open("/api/events/export?after=" + after));
            }
            platform.get("/api/events/export?type=stock.adjusted").expect(200);
            platform.get("/api/events?limit=1").expect(200);
        } finally {
            silent.forEach(RawHttp::close);
        }
    }
}
