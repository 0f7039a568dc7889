package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import orderplatform.app.Platform;
import orderplatform.app.embedded.FreePort;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.model.SystemConfig;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Orders flow while the broker is away; what is to be told is told when it comes. */
class BrokerGoneTest {

    /** The relay tries again after ever longer pauses, of at most a minute. */
    private static final Duration CATCHES_UP_WITHIN = Duration.ofSeconds(90);

    private static final String ORDER = """
            {"customerId":"17850","currency":"GBP","contact":{"email":"a@b.example"},
             "lines":[{"sku":"%s","quantity":1,"unitPrice":255}]}""";

    @Test
    void orders_go_on_without_a_broker_and_their_notifications_are_sent_when_it_comes() throws Exception {
        int port = FreePort.find();
        try (var platform = Platform.start(
                "--spring.rabbitmq.host=127.0.0.1",
                "--spring.rabbitmq.port=" + port,
                "--spring.rabbitmq.username=shop",
                "--spring.rabbitmq.password=secret",
                "--platform.payments.stand-in=true")) {
            var order = platform.post(
                            "/api/orders",
                            ORDER.formatted(platform.stocked(10)),
                            "Idempotency-Key",
                            Platform.newId("key"),
                            "Prefer",
                            "wait=30")
                    .expect(201);
            assertThat(order.text("status")).isEqualTo("CONFIRMED");
            platform.await(order.header("Location"), it -> "CONFIRMED".equals(it.text("status")));
            assertThat(platform.management().get("/actuator/health").expect(200).text("status"))
                    .isEqualTo("DEGRADED");
            assertThat(platform.management()
                            .get("/actuator/health/readiness")
                            .expect(200)
                            .text("status"))
                    .isEqualTo("UP");
            var told = "/api/notifications?orderId=" + order.text("orderId");
            assertThat(platform.get(told).expect(200).body().path("items")).isEmpty();

            var broker = broker(port);
            try {
                Awaitility.await("notifications of " + order.text("orderId"))
                        .atMost(CATCHES_UP_WITHIN)
                        .untilAsserted(() -> assertThat(platform.get(told)
                                        .body()
                                        .path("items")
                                        .valueStream()
                                        .map(item -> item.path("status").asString()))
                                .containsExactly("SENT"));
                platform.await(
                        "/api/projections",
                        it -> it.body()
                                .valueStream()
                                .filter(each -> each.path("name").asString().equals("relay"))
                                .allMatch(relay -> relay.path("lag").asLong() == 0));
            } finally {
                broker.shutdown();
            }
        }
    }

    private static SystemLauncher broker(int port) throws Exception {
        Path home = Platform.newFolder();
        var launcher = new SystemLauncher();
        launcher.startup(Map.of(
                SystemConfig.TYPE,
                "Memory",
                SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                BrokerGoneTest.class
                        .getResource("/orderplatform/app/embedded/broker.json")
                        .toString(),
                SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                false,
                SystemConfig.CONTEXT,
                Map.of(
                        "qpid.work_dir",
                        home.toString(),
                        "broker.port",
                        String.valueOf(port),
                        "broker.user",
                        "shop",
                        "broker.password",
                        "secret")));
        return launcher;
    }
}
