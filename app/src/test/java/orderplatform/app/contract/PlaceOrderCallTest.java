package orderplatform.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import orderplatform.app.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(Platform.SHARED)
class PlaceOrderCallTest {

    private final Platform platform = Platform.shared();

    private Platform.Answer place(Object body, String... headers) {
        var all = new String[headers.length + 2];
        all[0] = "Idempotency-Key";
        all[1] = Platform.newId("key");
        System.arraycopy(headers, 0, all, 2, headers.length);
        return platform.post("/api/orders", body, all);
    }

    private static Map<String, Object> order(String orderId, Object... lines) {
        return Map.of("orderId", orderId, "customerId", "17850", "currency", "GBP", "lines", List.of(lines));
    }

    private static Map<String, Object> line(String sku, Object quantity) {
        return Map.of("sku", sku, "quantity", quantity, "unitPrice", 255);
    }

    @Test
    void answers_201_with_the_state_of_the_order_and_where_to_find_it() {
        var orderId = Platform.newId("order");
        var answer = place(order(orderId, line(platform.stocked(10), 6))).expect(201);
        assertThat(answer.header("Location")).isEqualTo("/api/orders/" + orderId);
        assertThat(answer.header("ETag"))
                .isEqualTo("\"%d\"".formatted(answer.body().path("version").asLong()));
        assertThat(answer.header("Consistency-Token"))
                .isEqualTo(Long.toString(answer.body().path("position").asLong()));
        assertThat(answer.text("orderId")).isEqualTo(orderId);
        assertThat(answer.text("status")).isEqualTo("PLACED");
        assertThat(answer.body().propertyNames()).containsExactlyInAnyOrder("orderId", "status", "version", "position");
    }

    @Test
    void waits_for_the_outcome_where_the_caller_prefers_to() {
        var answer = platform.order("17850", platform.stocked(10), 6).expect(201);
        assertThat(answer.text("status")).isEqualTo("CONFIRMED");
        assertThat(platform.get(answer.header("Location"), "Consistency-Token", answer.header("Consistency-Token"))
                        .expect(200)
                        .text("status"))
                .isEqualTo("CONFIRMED");
    }

    @Test
    void rejects_an_order_that_the_stock_can_not_serve_and_says_what_is_short() {
        var enough = platform.stocked(10);
        var tooFew = platform.stocked(2);
        var answer = place(order(Platform.newId("order"), line(enough, 6), line(tooFew, 3)), "Prefer", "wait=30")
                .expect(201);
        assertThat(answer.text("status")).isEqualTo("REJECTED");
        var view = platform.get(answer.header("Location"), "Consistency-Token", answer.header("Consistency-Token"))
                .expect(200);
        assertThat(view.text("status")).isEqualTo("REJECTED");
        var rejection = view.body().path("rejection");
        assertThat(answer.body().path("rejection")).isEqualTo(rejection);
        assertThat(rejection.path("code").asString()).isEqualTo("insufficient-stock");
        assertThat(rejection.path("detail").asString()).isNotBlank();
        assertThat(rejection.path("lines").toString())
                .isEqualTo("[{\"sku\":\"%s\",\"requested\":3,\"available\":2}]".formatted(tooFew));
        platform.await("/api/stock/" + enough, it -> it.body().path("available").asLong() == 10);
    }

    @Test
    void rejects_an_unknown_sku_by_name() {
        var unknown = Platform.newId("nothing");
        var answer = platform.order("17850", unknown, 1).expect(201);
        assertThat(answer.text("status")).isEqualTo("REJECTED");
        var rejection = platform.await(answer.header("Location"), it -> "REJECTED".equals(it.text("status")))
                .body()
                .path("rejection");
        assertThat(rejection.path("code").asString()).isEqualTo("unknown-sku");
        assertThat(rejection.path("lines").path(0).path("sku").asString()).isEqualTo(unknown);
        platform.get("/api/stock/" + unknown).expect(404);
        platform.await("/api/projections", PlaceOrderCallTest::everyProcessorIsDone);
    }

    private static boolean everyProcessorIsDone(Platform.Answer projections) {
        return projections.body().valueStream().allMatch(it -> it.path("lag").asLong() == 0);
    }

    @Test
    void sums_lines_of_one_sku_before_it_reserves_and_shows_them_as_ordered() {
        var sku = platform.stocked(10);
        var lines = order(Platform.newId("order"), line(sku, 6), line(sku, 4));
        var answer = place(lines, "Prefer", "wait=30").expect(201);
        assertThat(answer.text("status")).isEqualTo("CONFIRMED");
        var view = platform.await(answer.header("Location"), it -> "CONFIRMED".equals(it.text("status")));
        assertThat(view.body().path("lines").size()).isEqualTo(2);
        assertThat(view.body().path("total").asLong()).isEqualTo(10 * 255);
        assertThat(place(order(Platform.newId("order"), line(sku, 6), line(sku, 5)), "Prefer", "wait=30")
                        .text("status"))
                .isEqualTo("REJECTED");
    }

    @Test
    void takes_the_list_price_where_a_line_has_none() {
        var sku = Platform.newId("SKU");
        platform.post(
                        "/api/stock/%s/receipts".formatted(sku),
                        Map.of("quantity", 5, "listPrice", Map.of("amount", 399, "currency", "GBP")))
                .expect(201);
        var noPrice = Map.of("sku", sku, "quantity", 2);
        var answer = place(order(Platform.newId("order"), noPrice), "Prefer", "wait=30")
                .expect(201);
        var view = platform.await(answer.header("Location"), it -> "CONFIRMED".equals(it.text("status")));
        assertThat(view.body().path("lines").path(0).path("unitPrice").asLong()).isEqualTo(399);
        assertThat(view.body().path("total").asLong()).isEqualTo(798);
    }

    @Test
    void takes_two_thousand_lines() {
        var lines = Collections.nCopies(2_000, (Object) line(platform.stocked(10_000), 1))
                .toArray();
        assertThat(place(order(Platform.newId("order"), lines), "Prefer", "wait=30")
                        .expect(201)
                        .text("status"))
                .isEqualTo("CONFIRMED");
    }

    @Test
    void the_same_id_and_body_is_the_same_order_and_another_body_a_conflict() {
        var orderId = Platform.newId("order");
        var sku = platform.stocked(10);
        place(order(orderId, line(sku, 6)), "Prefer", "wait=30").expect(201);
        place(order(orderId, line(sku, 6))).expect(201);
        var conflict = place(order(orderId, line(sku, 5))).expect(409);
        assertThat(conflict.text("type")).isEqualTo("/problems/order-id-taken");
        platform.await("/api/stock/" + sku, it -> it.body().path("allocated").asLong() == 6);
    }

    @Test
    void needs_an_idempotency_key() {
        var answer = platform.post("/api/orders", order(Platform.newId("order"), line("85123A", 1)))
                .expect(400);
        assertThat(answer.body().path("errors").path(0).path("field").asString())
                .isEqualTo("Idempotency-Key");
    }
}
