package orderplatform.app.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import orderplatform.app.Platform;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** An event that a projection can't take, and a message that no consumer can. */
class DeadLettersTest {

    private static Platform platform;
    private static JdbcClient database;

    @BeforeAll
    static void start() {
        platform = Platform.start(
                "--platform.readers.attempts=2",
                "--platform.notifications.max-retries=1",
                "--platform.notifications.first-retry-after=10ms");
        database = platform.bean(JdbcClient.class);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static Optional<JsonNode> find(Predicate<JsonNode> wanted) {
        return platform.get("/api/dead-letters?limit=200")
                .expect(200)
                .body()
                .path("items")
                .valueStream()
                .filter(wanted)
                .findFirst();
    }

    private static JsonNode await(Predicate<JsonNode> wanted) {
        return Awaitility.await().until(() -> find(wanted), Optional::isPresent).orElseThrow();
    }

    private static Platform.Answer retry(JsonNode letter) {
        return platform.post(
                "/api/dead-letters/%s/retry".formatted(letter.path("id").asString()), Map.of());
    }

    private static int drop(String id) throws Exception {
        var request = HttpRequest.newBuilder(platform.uri("/api/dead-letters/" + id))
                .DELETE()
                .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        }
    }

    /** A confirmed order whose row was lost, and which is cancelled then. */
    private record Lost(String orderId) {

        static Lost order() {
            var orderId = platform.order("17850", platform.stocked(1), 1).text("orderId");
            platform.await("/api/orders/" + orderId, it -> isPaid(it, "CAPTURED"));
            rename(orderId, orderId + "-lost");
            platform.post("/api/orders/%s/cancellation".formatted(orderId), Map.of("reason", "wrong size"))
                    .expect(200);
            return new Lost(orderId);
        }

        void find() {
            rename(orderId + "-lost", orderId);
        }

        private static void rename(String from, String to) {
            database.sql("UPDATE order_view SET order_id = ? WHERE order_id = ?")
                    .params(to, from)
                    .update();
        }
    }

    private static boolean isPaid(Platform.Answer order, String status) {
        return order.body().path("payment").path("status").asString("").equals(status);
    }

    private static JsonNode awaitEvent(String orderId) {
        return await(letter -> letter.path("sequence").asString("").equals(orderId)
                && letter.path("waiting").asInt() > 1);
    }

    @Test
    @DisabledIf("orderplatform.app.Platform#isOnBaselineStores")
    void an_event_that_a_projection_can_not_take_waits_with_those_behind_it_until_it_can() {
        var lost = Lost.order();
        var letter = awaitEvent(lost.orderId());
        assertThat(letter.path("kind").asString()).isEqualTo("event");
        assertThat(letter.path("source").asString()).isEqualTo("orders");
        assertThat(letter.path("type").asString()).isEqualTo("order.cancelled");
        assertThat(letter.path("cause").asString()).contains("has no row");
        assertThat(retry(letter).expect(200).text("state")).isEqualTo("PARKED");
        var other = platform.order("17850", platform.stocked(1), 1);
        platform.await(other.header("Location"), it -> "CONFIRMED".equals(it.text("status")));

        lost.find();
        assertThat(retry(letter).expect(200).text("state")).isEqualTo("DONE");
        assertThat(find(it -> it.path("sequence").asString("").equals(lost.orderId())))
                .isEmpty();
        platform.await(
                "/api/orders/" + lost.orderId(), it -> "CANCELLED".equals(it.text("status")) && isPaid(it, "REFUNDED"));
    }

    @Test
    @DisabledIf("orderplatform.app.Platform#isOnBaselineStores")
    void a_dropped_event_is_passed_over() throws Exception {
        var lost = Lost.order();
        var letter = awaitEvent(lost.orderId());
        lost.find();
        assertThat(drop(letter.path("id").asString())).isEqualTo(204);
        platform.await("/api/orders/" + lost.orderId(), it -> isPaid(it, "REFUNDED"));
        assertThat(platform.get("/api/orders/" + lost.orderId()).text("status")).isEqualTo("CONFIRMED");
    }

    @Test
    void a_message_that_no_consumer_can_take_is_kept_sent_again_and_dropped() throws Exception {
        var body = "no event " + Platform.newId("body");
        platform.bean(RabbitTemplate.class).convertAndSend("", "orderplatform.notifications", body);
        var letter = await(it -> it.path("kind").asString().equals("message"));
        assertThat(letter.path("source").asString()).isEqualTo("notifications");
        assertThat(letter.path("attempts").asInt()).isEqualTo(2);
        assertThat(letter.path("cause").asString()).contains("Unrecognized token 'no'");
        var id = letter.path("id").asString();
        retry(letter).expect(200);
        await(it -> it.path("id").asString().equals(id) && !it.path("since").equals(letter.path("since")));
        assertThat(drop(id)).isEqualTo(204);
        assertThat(drop(id)).isEqualTo(404);
        assertThat(find(it -> it.path("id").asString().equals(id))).isEmpty();
    }

    @Test
    void what_is_asked_wrongly_is_told() throws Exception {
        platform.post("/api/dead-letters/none/retry", Map.of()).expect(404);
        assertThat(drop("none")).isEqualTo(404);
        platform.get("/api/dead-letters?limit=201").expect(400);
        platform.get("/api/dead-letters?cursor=none").expect(400);
    }
}
