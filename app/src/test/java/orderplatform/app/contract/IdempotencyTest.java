package orderplatform.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import orderplatform.app.Platform;
import orderplatform.app.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

@ResourceLock(Platform.SHARED)
class IdempotencyTest {

    private final Platform platform = Platform.shared();

    @Test
    void the_same_key_and_body_gets_the_first_answer_again_byte_for_byte() {
        var key = Platform.newId("key");
        var body = Platform.orderOf("17850", platform.stocked(10), 6);
        var first = platform.post("/api/orders", body, "Idempotency-Key", key).expect(201);
        platform.await(first.header("Location"), it -> "CONFIRMED".equals(it.text("status")));
        var again = platform.post("/api/orders", body, "Idempotency-Key", key).expect(201);
        assertThat(again.response().body()).isEqualTo(first.response().body());
        for (var header : List.of("Location", "ETag", "Consistency-Token", "Content-Type")) {
            assertThat(again.header(header)).isEqualTo(first.header(header)).isNotNull();
        }
    }

    @Test
    void the_same_key_with_another_body_is_refused() {
        var key = Platform.newId("key");
        var sku = platform.stocked(10);
        platform.post("/api/orders", Platform.orderOf("17850", sku, 1), "Idempotency-Key", key)
                .expect(201);
        platform.post("/api/orders", Platform.orderOf("17850", sku, 2), "Idempotency-Key", key)
                .expect(422);
        platform.post("/api/stock/%s/receipts".formatted(sku), Map.of("quantity", 1), "Idempotency-Key", key)
                .expect(422);
    }

    @Test
    void every_write_takes_a_key() {
        var sku = platform.stocked(10);
        var receipts = "/api/stock/%s/receipts".formatted(sku);
        var receipt = Platform.newId("key");
        var received = platform.post(receipts, Map.of("quantity", 5), "Idempotency-Key", receipt)
                .expect(201);
        assertThat(platform.post(receipts, Map.of("quantity", 5), "Idempotency-Key", receipt)
                        .response()
                        .body())
                .isEqualTo(received.response().body());
        var adjustments = "/api/stock/%s/adjustments".formatted(sku);
        var adjustment = Platform.newId("key");
        var count = Map.of("from", 15, "to", 14, "reason", "damaged");
        platform.post(adjustments, count, "Idempotency-Key", adjustment).expect(200);
        platform.post(adjustments, count, "Idempotency-Key", adjustment).expect(200);
        var cancellation = platform.order("17850", sku, 1).header("Location") + "/cancellation";
        var key = Platform.newId("key");
        platform.post(cancellation, Map.of("reason", "changed my mind"), "Idempotency-Key", key)
                .expect(200);
        platform.post(cancellation, Map.of("reason", "changed my mind"), "Idempotency-Key", key)
                .expect(200);
        platform.post(cancellation, Map.of("reason", "changed my mind")).expect(409);
        platform.await("/api/stock/" + sku, it -> it.body().path("available").asLong() == 14);
    }

    /** What a key is promised holds whatever has changed between an attempt without an answer and the next one. */
    @Test
    void an_order_whose_answer_was_lost_stands_when_its_key_comes_again_after_other_prices_and_an_erasure() {
        var sku = Platform.newId("SKU");
        var customer = Platform.newId("customer");
        var body = """
                {"customerId":"%s","currency":"GBP","contact":{"email":"a@b.example"},"lines":[{"sku":"%s","quantity":1}]}""".formatted(customer, sku);
        var key = Platform.newId("key");
        listed(sku, 255, "GBP");
        var first = platform.post("/api/orders", body, "Idempotency-Key", key, "Prefer", "wait=30")
                .expect(201);
        for (var change : List.<Runnable>of(
                () -> listed(sku, 399, "GBP"),
                () -> listed(sku, 399, "EUR"),
                () -> platform.delete("/api/customers/%s/personal-data".formatted(customer))
                        .expect(200))) {
            change.run();
            forget(key);
            var again = platform.post("/api/orders", body, "Idempotency-Key", key, "Prefer", "wait=30")
                    .expect(201);
            assertThat(again.response().body()).isEqualTo(first.response().body());
        }
        assertThat(platform.get(first.header("Location"), "Consistency-Token", first.header("Consistency-Token"))
                        .number("total"))
                .isEqualTo(255);
        platform.post("/api/orders", body.replace("\"quantity\":1", "\"quantity\":2"), "Idempotency-Key", key)
                .expect(422);
    }

    private void listed(String sku, int amount, String currency) {
        platform.post(
                        "/api/stock/%s/receipts".formatted(sku),
                        "{\"quantity\":10,\"listPrice\":{\"amount\":%d,\"currency\":\"%s\"}}"
                                .formatted(amount, currency))
                .expect(201);
    }

    /** As if the node had died between the commit and the keeping of its answer. */
    private void forget(String key) {
        platform.bean(JdbcClient.class)
                .sql("DELETE FROM idempotency_key WHERE key = ?")
                .param(key)
                .update();
    }

    @Test
    void two_different_keys_in_one_request_are_refused() {
        var raw = new RawHttp(platform.uri("/").getPort());
        var body = Platform.orderOf("17850", platform.stocked(1), 1);
        var answer = raw.post("/api/orders", body, "Idempotency-Key: one", "Idempotency-Key: two");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("\"field\":\"Idempotency-Key\"");
    }

    @Test
    void a_cancellation_whose_answer_was_lost_is_not_refused_when_its_key_comes_again() {
        var cancellation = platform.order("17850", platform.stocked(1), 1).header("Location") + "/cancellation";
        var key = Platform.newId("key");
        var first = platform.post(cancellation, Map.of("reason", "changed my mind"), "Idempotency-Key", key)
                .expect(200);
        forget(key);
        var again = platform.post(cancellation, Map.of("reason", "changed my mind"), "Idempotency-Key", key)
                .expect(200);
        assertThat(again.response().body()).isEqualTo(first.response().body());
        platform.post(cancellation, Map.of("reason", "changed my mind"), "Idempotency-Key", Platform.newId("key"))
                .expect(409);
    }

    @Test
    void a_refusal_is_given_again_too() {
        var sku = platform.stocked(10);
        var adjustments = "/api/stock/%s/adjustments".formatted(sku);
        var key = Platform.newId("key");
        var count = Map.of("from", 9, "to", 8, "reason", "damaged");
        platform.post(adjustments, count, "Idempotency-Key", key).expect(409);
        platform.post(adjustments, Map.of("from", 10, "to", 9, "reason", "damaged"))
                .expect(200);
        platform.post(adjustments, count, "Idempotency-Key", key).expect(409);
    }

    @Test
    void of_many_at_once_with_one_key_one_does_the_work_and_the_others_are_told() throws Exception {
        var sku = platform.stocked(100);
        var key = Platform.newId("key");
        var body = Platform.orderOf("pay-slow-1", sku, 1);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 20)
                    .mapToObj(i -> clients.submit(
                            () -> platform.post("/api/orders", body, "Idempotency-Key", key, "Prefer", "wait=10")))
                    .toList();
            for (var answer : answers) {
                assertThat(answer.get().status()).isIn(201, 409);
                if (answer.get().status() == 409) {
                    assertThat(answer.get().text("type")).isEqualTo("/problems/request-in-progress");
                }
            }
            assertThat(answers)
                    .anyMatch(answer -> answer.resultNow().status() == 201)
                    .anyMatch(answer -> answer.resultNow().status() == 409);
        }
        platform.await("/api/stock/" + sku, it -> it.body().path("allocated").asLong() == 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "tab\tinside"})
    void a_key_is_made_of_visible_characters(String key) {
        refused(key);
    }

    @Test
    void a_key_has_at_most_255_characters() {
        refused("k".repeat(256));
        platform.post(
                        "/api/orders",
                        Platform.orderOf("17850", platform.stocked(1), 1),
                        "Idempotency-Key",
                        Platform.newId("k".repeat(220)))
                .expect(201);
    }

    private void refused(String key) {
        var answer = platform.post("/api/orders", Platform.orderOf("17850", "85123A", 1), "Idempotency-Key", key)
                .expect(400);
        assertThat(answer.body().path("errors").path(0).path("field").asString())
                .isEqualTo("Idempotency-Key");
    }
}
