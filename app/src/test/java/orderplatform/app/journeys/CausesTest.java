package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import orderplatform.app.Client;
import orderplatform.app.Platform;
import orderplatform.app.cli.Ran;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;

/** What caused what, from an order over its stock and its payment. */
@ResourceLock(Resources.SYSTEM_OUT)
class CausesTest {

    private static Platform platform;

    private final String sku = platform.stocked(10);

    @BeforeAll
    static void start() {
        platform = Platform.start("--platform.fulfilment.payment=8s");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private String placed(String customer) {
        return platform.order(customer, sku, 2, "X-Actor", "till-4").expect(201).text("orderId");
    }

    private JsonNode causes(String order) {
        return platform.get("/api/orders/%s/causes".formatted(order))
                .expect(200)
                .body();
    }

    /** Each event with its effects in parentheses, by name: in which order a saga sends its commands is not said. */
    private static String drawn(JsonNode events) {
        var all = new ArrayList<String>();
        for (var event : events) {
            var effects = drawn(event.path("effects"));
            all.add(event.path("type").asString() + (effects.isEmpty() ? "" : "(" + effects + ")"));
        }
        return all.stream().sorted().collect(Collectors.joining(" "));
    }

    private static List<JsonNode> flat(JsonNode events) {
        var all = new ArrayList<JsonNode>();
        events.forEach(event -> {
            all.add(event);
            all.addAll(flat(event.path("effects")));
        });
        return all;
    }

    @Test
    void every_event_stands_under_the_one_that_caused_it_across_order_stock_and_payment() {
        var order = placed("17850");
        var path = "/api/orders/" + order;
        platform.await(path, it -> it.body().path("payment").path("captured").asLong() == 510);
        platform.post(path + "/cancellation", Map.of("reason", "changed my mind"), "X-Actor", "anna")
                .expect(200);
        platform.await(path, it -> it.body().path("payment").path("refunded").asLong() == 510);
        platform.await("/api/stock/" + sku, it -> it.number("available") == 10);

        var causes = causes(order).path("causes");

        assertThat(drawn(causes))
                .isEqualTo(
                        "order.cancelled(payment.cancellation-requested payment.refund-requested(payment.refunded) stock.deallocated)"
                                + " order.placed(stock.reserved("
                                + "payment.authorisation-requested(payment.authorised(order.confirmed("
                                + "payment.capture-requested(payment.captured) stock.allocated)))))");
        assertThat(causes.path(0).path("actor").asString()).isEqualTo("till-4");
        assertThat(flat(causes.path(1).path("effects")))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.path("actor").asString()).isEqualTo("anna"));
        var events = flat(causes);
        assertThat(events).doesNotHaveDuplicates().allSatisfy(event -> {
            assertThat(event.path("causationId").asString()).isNotBlank();
            assertThat(event.path("correlationId").asString()).isNotBlank();
        });
        assertThat(events.stream()
                        .filter(event -> event.path("stream").asString().equals("order-" + order)))
                .hasSameSizeAs(platform.get(path + "/history").body().path("events"));

        var tree = Ran.command("history", order, "--tree", "--url=" + platform.uri(""));
        assertThat(tree.exitCode()).isZero();
        assertThat(tree.out())
                .contains(
                        "order.placed (order-%s)".formatted(order),
                        "├─ ",
                        "└─ ",
                        "─ stock.reserved (",
                        "─ payment.authorised (",
                        "─ stock.deallocated (",
                        "till-4");
        assertThat(Ran.command("history", order, "--tree", "--json", "--url=" + platform.uri(""))
                        .out())
                .contains("\"effects\":[");
    }

    @Test
    void what_a_deadline_brought_about_stands_under_the_event_that_set_it() {
        var order = placed("pay-down-1");
        platform.await("/api/stock/" + sku, it -> it.number("available") == 10);

        var reserved = flat(causes(order).path("causes")).stream()
                .filter(event -> event.path("type").asString().equals("stock.reserved"))
                .findFirst()
                .orElseThrow();

        assertThat(drawn(reserved.path("effects"))).containsPattern("order.rejected\\([^)]*stock.released[^)]*\\)");
    }

    @Test
    void an_order_that_is_not_there_has_no_causes() {
        assertThat(platform.get("/api/orders/%s/causes".formatted(Client.newId("order")))
                        .expect(404)
                        .text("type"))
                .isEqualTo("/problems/order-not-found");
    }
}
