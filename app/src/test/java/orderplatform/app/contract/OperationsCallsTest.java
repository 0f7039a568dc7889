package orderplatform.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import orderplatform.app.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

@ResourceLock(Platform.SHARED)
class OperationsCallsTest {

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
        assertThat(platform.get("/actuator/health/liveness").expect(200).text("status"))
                .isEqualTo("UP");
        assertThat(platform.get("/actuator/health/readiness").expect(200).text("status"))
                .isEqualTo("UP");
    }

    @Test
    void the_metrics_that_the_readme_names_are_there() {
        var body = """
                {"customerId":"17850","currency":"GBP","contact":{"email":"17850@customers.example"},
                 "lines":[{"sku":"%s","quantity":1,"unitPrice":255}]}""".formatted(platform.stocked(1));
        var order = platform.post("/api/orders", body, "Idempotency-Key", Platform.newId("key"), "Prefer", "wait=30");
        platform.get(order.header("Location"));
        platform.await(
                "/actuator/prometheus", it -> it.response().body().contains("orderplatform_notifications_total{"));
        assertThat(platform.get("/actuator/prometheus").expect(200).response().body())
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
