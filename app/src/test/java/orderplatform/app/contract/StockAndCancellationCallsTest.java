package orderplatform.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import orderplatform.app.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(Platform.SHARED)
class StockAndCancellationCallsTest {

    private static final Map<String, String> REASON = Map.of("reason", "changed my mind");

    private final Platform platform = Platform.shared();

    @Test
    void a_receipt_answers_201_with_the_levels() {
        var sku = Platform.newId("SKU");
        var answer = platform.post("/api/stock/%s/receipts".formatted(sku), Map.of("quantity", 100, "name", "HEART"))
                .expect(201);
        assertThat(answer.body().propertyNames())
                .containsExactlyInAnyOrder(
                        "sku", "onHand", "reserved", "allocated", "available", "version", "position");
        assertThat(answer.body().path("onHand").asLong()).isEqualTo(100);
        assertThat(answer.body().path("available").asLong()).isEqualTo(100);
        assertThat(answer.header("ETag")).isEqualTo("\"0\"");
        var view = platform.get("/api/stock/" + sku, "Consistency-Token", answer.header("Consistency-Token"))
                .expect(200);
        assertThat(view.text("name")).isEqualTo("HEART");
        assertThat(view.body().path("onHand").asLong()).isEqualTo(100);
    }

    @Test
    void an_adjustment_is_made_from_the_quantity_it_names() {
        var sku = platform.stocked(100);
        var path = "/api/stock/%s/adjustments".formatted(sku);
        var answer = platform.post(path, Map.of("from", 100, "to", 97, "reason", "damaged"))
                .expect(200);
        assertThat(answer.body().path("onHand").asLong()).isEqualTo(97);
        var refused = platform.post(path, Map.of("from", 100, "to", 95, "reason", "damaged"))
                .expect(409);
        assertThat(refused.text("type")).isEqualTo("/problems/on-hand-changed");
    }

    @Test
    void a_stale_version_is_refused_on_every_write_to_something_that_exists() {
        var sku = platform.stocked(100);
        platform.post("/api/stock/%s/receipts".formatted(sku), Map.of("quantity", 1), "If-Match", "\"0\"")
                .expect(201);
        platform.post("/api/stock/%s/receipts".formatted(sku), Map.of("quantity", 1), "If-Match", "\"0\"")
                .expect(412);
        platform.post(
                        "/api/stock/%s/adjustments".formatted(sku),
                        Map.of("from", 101, "to", 100, "reason", "lost"),
                        "If-Match",
                        "\"0\"")
                .expect(412);
        var order = platform.order("17850", sku, 1);
        var cancellation = order.header("Location") + "/cancellation";
        var stale = platform.post(cancellation, REASON, "If-Match", "\"0\"").expect(412);
        assertThat(stale.text("type")).isEqualTo("/problems/stale-version");
        platform.post(cancellation, REASON, "If-Match", "zero").expect(400);
        platform.post(cancellation, REASON, "If-Match", order.header("ETag")).expect(200);
    }

    @Test
    void a_condition_is_met_by_one_of_the_versions_that_it_lists() {
        var sku = platform.stocked(100);
        var receipts = "/api/stock/%s/receipts".formatted(sku);
        var one = Map.of("quantity", 1);
        platform.post(receipts, one, "If-Match", "\"7\", \"0\"").expect(201);
        platform.post(receipts, one, "If-Match", "\"7\"", "If-Match", "\"1\"").expect(201);
        platform.post(receipts, one, "If-Match", "*").expect(201);
        for (var never : List.of("W/\"3\"", "\"03\"", "\"abc\"", "\"0\", \"1\"", "\"99999999999999999999\"")) {
            platform.post(receipts, one, "If-Match", never).expect(412);
        }
        platform.post(receipts, one, "If-Match", "3").expect(400);
        platform.post(receipts, one, "If-Match", "\"3\"").expect(201);
    }

    @Test
    void no_condition_is_met_by_what_does_not_exist() {
        var receipts = "/api/stock/%s/receipts".formatted(Platform.newId("SKU"));
        platform.post(receipts, Map.of("quantity", 1), "If-Match", "*").expect(412);
        platform.post(receipts, Map.of("quantity", 1), "If-Match", "\"0\"").expect(412);
        platform.post(
                        receipts.replace("receipts", "adjustments"),
                        Map.of("from", 1, "to", 0, "reason", "lost"),
                        "If-Match",
                        "*")
                .expect(412);
        platform.post("/api/orders/none/cancellation", REASON, "If-Match", "*").expect(412);
        platform.delete("/api/customers/%s/personal-data".formatted(Platform.newId("customer")), "If-Match", "*")
                .expect(412);
        platform.get(receipts.replace("/receipts", "")).expect(404);
    }

    @Test
    void a_cancellation_answers_with_the_state_and_gives_everything_back() {
        var sku = platform.stocked(10);
        var order = platform.order("17850", sku, 6);
        assertThat(order.text("status")).isEqualTo("CONFIRMED");
        platform.await(order.header("Location"), it -> "CAPTURED".equals(payment(it)));
        var answer = platform.post(order.header("Location") + "/cancellation", REASON)
                .expect(200);
        assertThat(answer.text("status")).isEqualTo("CANCELLED");
        assertThat(answer.header("ETag")).isNotNull();
        assertThat(answer.header("Consistency-Token")).isNotNull();
        platform.await("/api/stock/" + sku, it -> it.body().path("available").asLong() == 10);
        var view = platform.await(order.header("Location"), it -> "REFUNDED".equals(payment(it)));
        assertThat(view.body().path("payment").path("refunded").asLong()).isEqualTo(6 * 255);
    }

    private static String payment(Platform.Answer order) {
        return order.body().path("payment").path("status").asString("");
    }

    @Test
    void what_is_over_can_not_be_cancelled() {
        var rejected = platform.order("17850", platform.stocked(1), 2);
        assertThat(rejected.text("status")).isEqualTo("REJECTED");
        var answer = platform.post(rejected.header("Location") + "/cancellation", REASON)
                .expect(409);
        assertThat(answer.text("type")).isEqualTo("/problems/illegal-transition");
    }
}
