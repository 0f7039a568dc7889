package orderplatform.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import orderplatform.app.Platform;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(Platform.SHARED)
class OperationsCallsTest {

    /** More than the API has request threads. */
    private static final int SLOW_BODIES = 430;

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(1);

    private final Platform platform = Platform.shared();

    @Test
    void projections_tell_how_far_they_are() {
        platform.order("17850", platform.stocked(1), 1);
        var projections = platform.await(
                "/api/projections",
                it -> it.body().valueStream().allMatch(one -> one.path("lag").asLong() == 0));
        assertThat(projections.body().valueStream().map(it -> it.path("name").asString()))
                .contains("orders", "stock");
        assertThat(projections.body().path(0).propertyNames())
                .containsExactlyInAnyOrder("name", "generation", "state", "position", "head", "lag");
        assertThat(projections.body().valueStream().map(it -> it.path("state").asString()))
                .containsOnly("RUNNING");
    }

    @Test
    void it_is_alive_and_ready() {
        assertThat(platform.management()
                        .get("/actuator/health/liveness")
                        .expect(200)
                        .text("status"))
                .isEqualTo("UP");
        assertThat(platform.management()
                        .get("/actuator/health/readiness")
                        .expect(200)
                        .text("status"))
                .isEqualTo("UP");
    }

    @Test
    void the_api_port_has_no_actuator() {
        for (var path : List.of("/actuator", "/actuator/health/liveness", "/actuator/prometheus")) {
            var refused = platform.get(path).expect(404);
            assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(refused.text("instance")).isEqualTo(path);
        }
        assertThat(platform.property("management.server.address")).isEqualTo("127.0.0.1");
    }

    @Test
    void it_is_alive_and_ready_while_every_request_thread_waits_for_a_slow_body()
            throws IOException, InterruptedException {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < SLOW_BODIES; i++) {
                slow.add(slowBody());
            }
            Awaitility.await("no request thread is free").until(() -> !answers(platform.uri("/api/projections")));
            assertThat(answers(platform.management().uri("/actuator/health/liveness")))
                    .isTrue();
            assertThat(answers(platform.management().uri("/actuator/health/readiness")))
                    .isTrue();
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    /** Sends less than its header says. */
    private Socket slowBody() throws IOException {
        var socket =
                new Socket(InetAddress.getLoopbackAddress(), platform.uri("").getPort());
        socket.getOutputStream().write("""
                        POST /api/stock/SLOW/receipts HTTP/1.1\r
                        Host: localhost\r
                        Content-Type: application/json\r
                        Content-Length: 1000\r
                        \r
                        {"quantity":""".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static boolean answers(URI address) throws InterruptedException, IOException {
        var request = HttpRequest.newBuilder(address).timeout(ANSWERS_WITHIN).build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (HttpTimeoutException busy) {
            return false;
        }
    }

    @Test
    void the_metrics_that_the_readme_names_are_there() {
        var body = """
                {"customerId":"17850","currency":"GBP","contact":{"email":"17850@customers.example"},
                 "lines":[{"sku":"%s","quantity":1,"unitPrice":255}]}""".formatted(platform.stocked(1));
        var order = platform.post("/api/orders", body, "Idempotency-Key", Platform.newId("key"), "Prefer", "wait=30");
        platform.get(order.header("Location"));
        platform.management()
                .await(
                        "/actuator/prometheus",
                        it -> it.response().body().contains("orderplatform_notifications_total{"));
        assertThat(platform.management()
                        .get("/actuator/prometheus")
                        .expect(200)
                        .response()
                        .body())
                .contains(
                        "orderplatform_commands_total{",
                        "orderplatform_order_settled_seconds_count",
                        "orderplatform_cache_lookups_total{",
                        "orderplatform_cache_hit_ratio",
                        "orderplatform_sku_turns_wait_seconds_count",
                        "orderplatform_sku_turns_missed_total",
                        "orderplatform_sku_hint_refusals_total",
                        "orderplatform_projection_lag{",
                        "orderplatform_relay_lag",
                        "orderplatform_relay_published_total",
                        "orderplatform_notifications_total{");
    }

    @Test
    void the_api_describes_itself() {
        var api = platform.get("/v3/api-docs").expect(200);
        assertThat(api.body().path("paths").propertyNames())
                .contains(
                        "/api/orders",
                        "/api/orders/{orderId}",
                        "/api/orders/{orderId}/cancellation",
                        "/api/orders/{orderId}/history",
                        "/api/stock/{sku}",
                        "/api/stock/{sku}/receipts",
                        "/api/stock/{sku}/adjustments",
                        "/api/notifications",
                        "/api/events",
                        "/api/projections",
                        "/api/dead-letters",
                        "/api/dead-letters/{id}/retry");
        assertThat(platform.get("/swagger-ui").status()).isIn(200, 302);
    }
}
