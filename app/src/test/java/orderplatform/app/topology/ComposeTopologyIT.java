package orderplatform.app.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import orderplatform.app.Client;
import orderplatform.app.Platform;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What lies on one node is found through the gateway, whichever node it asks. */
class ComposeTopologyIT {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);
    private static final Duration PARKED_WITHIN = Duration.ofSeconds(60);

    private static final Path NGINX = Path.of("/usr/sbin/nginx");

    private static ComposeTopology platform;
    private static Client gateway;

    /** A build for others has nginx: there the absence of nginx is a failure. */
    @BeforeAll
    static void start() throws Exception {
        if (!Boolean.getBoolean("nginx.required")) {
            Assumptions.assumeTrue(Files.isExecutable(NGINX), "nginx is not installed");
        }
        platform = new ComposeTopology(Platform.newFolder().toAbsolutePath(), NGINX);
        gateway = platform.gateway();
        Awaitility.await("nginx")
                .ignoreExceptions()
                .until(() -> gateway.get("/api/projections").status() == 200);
    }

    @AfterAll
    static void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    @Test
    void an_order_is_placed_paid_by_webhook_and_seen() {
        var order = gateway.order("pay-webhook-1", gateway.stocked(10), 1).expect(201);
        assertThat(order.text("status")).isEqualTo("CONFIRMED");
        assertThat(gateway.get(order.header("Location"), "Consistency-Token", order.header("Consistency-Token"))
                        .expect(200)
                        .text("status"))
                .isEqualTo("CONFIRMED");
        gateway.await("/api/notifications?orderId=" + order.text("orderId"), it -> it.status() == 200);
    }

    @Test
    void the_platforms_role_is_no_superuser_and_owns_nothing() throws Exception {
        assertThat(platform.database()
                        .number("SELECT count(*) FROM pg_roles WHERE rolsuper AND rolname LIKE 'composed%'"))
                .isZero();
        assertThat(platform.database().number("SELECT count(*) FROM pg_class WHERE relowner = 'composed'::regrole"))
                .isZero();
    }

    @Test
    void what_does_not_exist_is_told_by_the_platform() {
        var missing = gateway.get("/actuator/health").expect(404);
        assertThat(missing.header("Content-Type")).isEqualTo("application/problem+json");
        gateway.get("/v3/api-docs").expect(200);
    }

    @Test
    void every_reader_is_listed_by_whichever_node_is_asked() {
        gateway.await(
                "/api/projections",
                it -> it.body().findValuesAsString("name").containsAll(List.of("orders", "stock", "revenue", "relay")));
    }

    @Test
    void a_checkpoint_is_listed_by_every_node_and_the_log_verified_against_it() {
        gateway.order("17850", gateway.stocked(1), 1).expect(201);
        var made = gateway.post("/api/audit/checkpoints", "").expect(200);
        assertThat(platform.nodes())
                .allSatisfy(node -> assertThat(node.get("/api/audit/checkpoints")
                                .expect(200)
                                .body()
                                .valueStream())
                        .contains(made.body()));
        assertThat(gateway.get("/api/audit/verification?to=" + made.number("position"))
                        .expect(200)
                        .body()
                        .path("verified")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void what_any_node_parked_is_retried_and_dropped_through_the_gateway() throws Exception {
        var order = gateway.order("17850", gateway.stocked(1), 1).expect(201);
        appendUnreadable(order.text("orderId"));
        for (var source : List.of("relay", "orders")) {
            var letter = awaitLetter(source, order.text("orderId"));
            var id = letter.path("id").asString();
            var retried =
                    gateway.post("/api/dead-letters/%s/retry".formatted(id), "").expect(200);
            assertThat(retried.text("state")).isEqualTo("PARKED");
            assertThat(retried.body().path("left").path("attempts").asInt())
                    .isGreaterThan(letter.path("attempts").asInt());
            gateway.delete("/api/dead-letters/" + id).expect(204);
            gateway.delete("/api/dead-letters/" + id).expect(404);
        }
    }

    @Test
    void a_saga_that_any_node_parked_is_retried_and_compensated_by_every_node() throws Exception {
        var orderId = awaitingPayment("pay-down-1");
        platform.database().execute("""
                UPDATE event_log.saga SET state = '{"orderId":"%1$s","quantities":"damaged"}', version = version + 1
                WHERE type = 'OrderFulfilment' AND state ->> 'orderId' = '%1$s'""".formatted(orderId));
        gateway.post("/api/orders/%s/cancellation".formatted(orderId), Map.of("reason", "too slow"))
                .expect(200);
        for (var node : platform.nodes()) {
            assertThat(parkedSaga(node, orderId)).isNotNull();
        }
        var saga = "/api/sagas/" + parkedSaga(gateway, orderId).path("sagaId").asString();
        var anyNode = platform.nodes().getLast();
        assertThat(anyNode.post(saga + "/retry", Map.of("reason", "try"))
                        .expect(200)
                        .text("state"))
                .isEqualTo("PARKED");
        assertThat(anyNode.post(saga + "/compensate", Map.of("reason", "give up"))
                        .expect(200)
                        .text("state"))
                .isEqualTo("DONE");
    }

    private static String awaitingPayment(String customer) {
        var placed = gateway.post(
                        "/api/orders",
                        Client.orderOf(customer, gateway.stocked(1), 1),
                        "Idempotency-Key",
                        Client.newId("key"))
                .expect(201);
        gateway.await(placed.header("Location"), it -> it.text("status").equals("AWAITING_PAYMENT"));
        return placed.text("orderId");
    }

    private static JsonNode parkedSaga(Client client, String orderId) {
        return Awaitility.await("parked saga of " + orderId)
                .atMost(PARKED_WITHIN)
                .until(
                        () -> client.get("/api/sagas?state=PARKED&limit=200")
                                .expect(200)
                                .body()
                                .path("items")
                                .valueStream()
                                .filter(it -> it.path("orderId").asString().equals(orderId))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    private static JsonNode awaitLetter(String source, String orderId) {
        return Awaitility.await("parked event of " + source)
                .atMost(PARKED_WITHIN)
                .until(
                        () -> gateway.get("/api/dead-letters?limit=200")
                                .expect(200)
                                .body()
                                .path("items")
                                .valueStream()
                                .filter(it -> it.path("source").asString().equals(source)
                                        && it.path("sequence").asString().contains(orderId))
                                .findFirst()
                                .orElse(null),
                        found -> found != null);
    }

    /** As a node would that has gone wrong. */
    private static void appendUnreadable(String orderId) throws Exception {
        platform.database().execute("""
                SELECT event_log.append('{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', ARRAY['order-%1$s'],
                    ARRAY[(SELECT max(version) + 1 FROM event_log.event WHERE stream = 'order-%1$s')],
                    ARRAY[gen_random_uuid()], ARRAY['order.cancelled'], ARRAY[NULL], ARRAY['Order'], ARRAY[now()],
                    ARRAY['[]'], ARRAY['{}'], sha256(''), 'a node that has gone wrong')""".formatted(orderId));
    }

    @Test
    void every_call_of_the_api_document_is_answered() throws Exception {
        var calls = new TreeSet<String>();
        for (var node : platform.nodes()) {
            var paths = node.get("/v3/api-docs").expect(200).body().path("paths");
            for (var path : paths.propertyNames()) {
                paths.path(path)
                        .propertyNames()
                        .forEach(method -> calls.add(method.toUpperCase(Locale.ROOT) + " " + path));
            }
        }
        assertThat(calls).contains("POST /api/orders", "GET /api/orders", "POST /api/dead-letters/{id}/retry");
        var softly = new SoftAssertions();
        try (var http = HttpClient.newHttpClient()) {
            for (var call : calls) {
                var answer = http.send(request(call), HttpResponse.BodyHandlers.ofString());
                softly.assertThat(isAnswered(answer))
                        .as("%s: %d %s", call, answer.statusCode(), answer.body())
                        .isTrue();
            }
        }
        softly.assertAll();
    }

    private static HttpRequest request(String call) {
        var path = call.substring(call.indexOf(' ') + 1).replaceAll("\\{[^}]+}", "none");
        var method = call.substring(0, call.indexOf(' '));
        return HttpRequest.newBuilder(URI.create(gateway.uri(path).toString()))
                .timeout(ANSWERS_WITHIN)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", Client.newId("key"))
                .method(method, HttpRequest.BodyPublishers.ofString(method.equals("GET") ? "" : "{}"))
                .build();
    }

    /** By a node that knows the call: what does not exist there has a problem type of its own. */
    private static boolean isAnswered(HttpResponse<String> answer) {
        return answer.statusCode() < 500
                && answer.statusCode() != 405
                && !(answer.statusCode() == 404 && answer.body().contains("/problems/not-found"));
    }
}
