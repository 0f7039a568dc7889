package orderplatform.app.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import orderplatform.app.Platform;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** A saga whose state can't be read fails at every event. Axon's own stores park nothing. */
@DisabledIf("orderplatform.app.Platform#isOnBaselineStores")
class ParkedSagasTest {

    /** What failed in the commit has no chance to succeed in the next one. */
    private static final int ATTEMPTS = 1;

    private static final Map<String, String> REASON = Map.of("reason", "looked into it");

    private static Platform platform;
    private static JdbcClient database;

    @BeforeAll
    static void start() {
        platform = Platform.start(
                "--platform.payments.timeout=500ms",
                "--platform.payments.ask-after=1s",
                "--platform.payments.ask-at-most-every=1s",
                "--platform.stand-in.late-after=6s");
        database = platform.bean(JdbcClient.class);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    /** An order whose payment nobody answers for, and whose saga's state was damaged meanwhile. */
    private record Damaged(String sku, String orderId, String state) {

        static Damaged order(String customer) {
            var sku = platform.stocked(10);
            var placed = platform.post(
                            "/api/orders", Platform.orderOf(customer, sku, 2), "Idempotency-Key", Platform.newId("key"))
                    .expect(201);
            var orderId = placed.text("orderId");
            awaitPaymentAwaited(orderId);
            var state = database.sql(
                            "SELECT state FROM event_log.saga WHERE type = 'OrderFulfilment' AND state ->> 'orderId' = ?")
                    .param(orderId)
                    .query(String.class)
                    .single();
            var damaged = new Damaged(sku, orderId, state);
            damaged.replaceState("{\"orderId\":\"%s\",\"quantities\":\"damaged\"}".formatted(orderId));
            return damaged;
        }

        private void replaceState(String json) {
            int changed = database.sql(
                            "UPDATE event_log.saga SET state = ?::json, version = version + 1 WHERE type = 'OrderFulfilment' AND state ->> 'orderId' = ?")
                    .param(json)
                    .param(orderId)
                    .update();
            assertThat(changed).isEqualTo(1);
        }

        void mend() {
            replaceState(state);
        }

        void cancel() {
            platform.post("/api/orders/%s/cancellation".formatted(orderId), Map.of("reason", "too slow"))
                    .expect(200);
        }

        JsonNode awaitParked() {
            return platform.await(
                            "/api/sagas?state=PARKED&limit=200",
                            it -> it.body().path("items").valueStream().anyMatch(this::isOurs))
                    .body()
                    .path("items")
                    .valueStream()
                    .filter(this::isOurs)
                    .findFirst()
                    .orElseThrow();
        }

        private boolean isOurs(JsonNode saga) {
            return saga.path("orderId").asString().equals(orderId);
        }

        void awaitAvailable(long pieces) {
            platform.await("/api/stock/" + sku, it -> it.number("available") == pieces);
        }
    }

    /** Until the saga's state is committed that says so; the order says so before. */
    private static void awaitPaymentAwaited(String orderId) {
        platform.await(
                "/api/sagas?state=RUNNING&limit=200",
                it -> it.body()
                        .path("items")
                        .valueStream()
                        .anyMatch(saga -> saga.path("orderId").asString().equals(orderId)
                                && saga.path("waitingFor").asString().equals("payment")
                                && saga.path("deadline").isString()));
    }

    private static Platform.Answer act(JsonNode saga, String action, String... headers) {
        return platform.post("/api/sagas/%s/%s".formatted(saga.path("sagaId").asString(), action), REASON, headers);
    }

    @Test
    void an_order_may_be_named_as_payments_are() {
        var orderId = Platform.newId("pay");
        var order = Map.of(
                "orderId",
                orderId,
                "customerId",
                "pay-down-1",
                "currency",
                "GBP",
                "lines",
                List.of(Map.of("sku", platform.stocked(1), "quantity", 1, "unitPrice", 255)));
        platform.post("/api/orders", order, "Idempotency-Key", Platform.newId("key"))
                .expect(201);
        awaitPaymentAwaited(orderId);
    }

    @Test
    void a_saga_that_keeps_failing_is_parked_and_the_other_orders_go_on() {
        var damaged = Damaged.order("pay-down-1");
        damaged.cancel();
        var parked = damaged.awaitParked();
        assertThat(parked.path("state").asString()).isEqualTo("PARKED");
        assertThat(parked.path("waitingFor").asString()).isEqualTo("operator");
        assertThat(parked.path("attempts").asInt()).isEqualTo(ATTEMPTS);
        assertThat(database.sql("SELECT count(*) FROM event_log.parked WHERE sequence = ?")
                        .param(damaged.orderId())
                        .query(Long.class)
                        .single())
                .as("segments that parked it")
                .isEqualTo(1);
        assertThat(parked.path("lastError").asString())
                .contains("OrderFulfilment[\"quantities\"]")
                .doesNotContain("\n");
        assertThat(platform.order("17850", platform.stocked(1), 1).text("status"))
                .isEqualTo("CONFIRMED");
        assertThat(platform.management().get("/actuator/prometheus").response().body())
                .contains("eventstore_parkings_total{processor=\"fulfilment\"}");
    }

    /** A node may look at a saga before that. */
    @Test
    void a_running_saga_shows_when_its_first_deadline_is() {
        var placed = platform.post(
                        "/api/orders",
                        Platform.orderOf("pay-down-1", platform.stocked(1), 1),
                        "Idempotency-Key",
                        Platform.newId("key"))
                .expect(201);
        var orderId = placed.text("orderId");
        awaitPaymentAwaited(orderId);
        var deadline = saga(orderId).path("deadline").asString();
        database.sql("UPDATE event_log.saga SET due = due - interval '10 seconds' WHERE saga_id = ?")
                .param("OrderFulfilment-" + orderId)
                .update();
        assertThat(saga(orderId).path("deadline").asString()).isEqualTo(deadline);
    }

    private static JsonNode saga(String orderId) {
        return platform.get("/api/sagas?limit=200")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(saga -> saga.path("sagaId").asString().equals("OrderFulfilment-" + orderId))
                .findFirst()
                .orElseThrow();
    }

    /** As a node asks that runs no sagas. */
    @Test
    void what_another_node_was_asked_is_done_here() {
        var damaged = Damaged.order("pay-down-elsewhere");
        damaged.cancel();
        damaged.awaitParked();
        database.sql("""
                        INSERT INTO event_log.parked_request
                        SELECT parked_id, 'COMPENSATE', 0, 'too slow', clock_timestamp() FROM event_log.parked WHERE sequence = ?""").param(damaged.orderId()).update();
        damaged.awaitAvailable(10);
        Awaitility.await().untilAsserted(() -> {
            assertThat(rows("parked WHERE sequence = ?", damaged.orderId())).isZero();
            assertThat(rows("saga WHERE state ->> 'orderId' = ? AND type = 'OrderFulfilment'", damaged.orderId()))
                    .isZero();
        });
        assertThat(database.sql("SELECT count(*) FROM event_log.parked_request")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    private static long rows(String table, String orderId) {
        return database.sql("SELECT count(*) FROM event_log." + table)
                .param(orderId)
                .query(Long.class)
                .single();
    }

    @Test
    void a_retry_takes_effect_when_the_cause_is_gone() {
        var damaged = Damaged.order("pay-down-2");
        damaged.cancel();
        var parked = damaged.awaitParked();
        var again = act(parked, "retry").expect(200);
        assertThat(again.text("state")).isEqualTo("PARKED");
        assertThat(again.number("attempts")).isEqualTo(ATTEMPTS + 1);
        damaged.mend();
        assertThat(act(parked, "retry").expect(200).text("state")).isEqualTo("DONE");
        damaged.awaitAvailable(10);
    }

    @Test
    void compensation_cancels_the_order_and_gives_back_its_stock_and_its_money() {
        var damaged = Damaged.order("pay-late-1");
        var parked = damaged.awaitParked();
        var key = Platform.newId("key");
        var first = act(parked, "compensate", "Idempotency-Key", key).expect(200);
        assertThat(first.text("state")).isEqualTo("DONE");
        platform.await(
                "/api/orders/" + damaged.orderId(),
                it -> it.text("status").equals("CANCELLED")
                        && it.body().path("payment").path("status").asString("").equals("VOIDED"));
        damaged.awaitAvailable(10);
        assertThat(act(parked, "compensate").status()).isEqualTo(404);
        assertThat(act(parked, "compensate", "Idempotency-Key", key)
                        .expect(200)
                        .response()
                        .body())
                .isEqualTo(first.response().body());
    }

    @Test
    void a_skipped_event_leaves_the_saga_as_it_was() {
        var damaged = Damaged.order("pay-down-3");
        damaged.cancel();
        var parked = damaged.awaitParked();
        damaged.mend();
        assertThat(act(parked, "skip").expect(200).text("state")).isEqualTo("RUNNING");
        assertThat(act(parked, "retry").expect(409).text("type")).isEqualTo("/problems/not-parked");
        assertThat(platform.get("/api/stock/" + damaged.sku()).number("reserved"))
                .isEqualTo(2);
    }

    @Test
    void running_sagas_tell_what_they_wait_for() {
        var sku = platform.stocked(10);
        var placed = platform.post(
                "/api/orders", Platform.orderOf("pay-down-4", sku, 2), "Idempotency-Key", Platform.newId("key"));
        var orderId = placed.text("orderId");
        awaitPaymentAwaited(orderId);
        var first = platform.get("/api/sagas?limit=1").expect(200);
        assertThat(first.body().path("items").size()).isEqualTo(1);
        var next = platform.get("/api/sagas?limit=1&cursor=" + first.text("nextCursor"))
                .expect(200);
        assertThat(next.body().path("items").path(0).path("sagaId").asString())
                .isGreaterThan(first.body().path("items").path(0).path("sagaId").asString());
    }

    @Test
    void what_is_asked_wrongly_is_told() {
        platform.post("/api/sagas/none/retry", REASON).expect(404);
        platform.post("/api/sagas/none/retry", Map.of("reason", " ")).expect(400);
        platform.get("/api/sagas?state=DONE").expect(400);
        platform.get("/api/sagas?limit=0").expect(400);
        platform.get("/api/sagas?cursor=*").expect(400);
    }
}
