package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import orderplatform.app.Buyers;
import orderplatform.app.Client;
import orderplatform.app.Platform;
import orderplatform.app.PlatformProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes on the same servers; a JVM each. */
class TwoNodesTest {

    private static final Duration WELL_BEFORE_THE_WAIT_ENDS = Duration.ofSeconds(20);
    private static final int BUYERS = 30;
    private static final long PIECES = 10;

    private static Platform one;
    private static PlatformProcess two;

    @BeforeAll
    static void start() throws IOException {
        one = Platform.start();
        two = new PlatformProcess(Stream.of(
                        "spring.datasource.url",
                        "spring.datasource.username",
                        "spring.datasource.password",
                        "spring.data.redis.host",
                        "spring.data.redis.port",
                        "spring.data.redis.password",
                        "spring.rabbitmq.host",
                        "spring.rabbitmq.port",
                        "spring.rabbitmq.username",
                        "spring.rabbitmq.password",
                        "platform.payments.url",
                        "platform.payments.webhook-secret")
                .map(name -> "--%s=%s".formatted(name, one.property(name)))
                .toArray(String[]::new));
    }

    @AfterAll
    static void stop() {
        two.close();
        one.close();
    }

    @Test
    void an_order_placed_on_one_node_is_seen_on_the_other_by_its_consistency_token() {
        var sku = one.stocked(10);
        seenOnTheOther(one, two, sku);
        seenOnTheOther(two, one, sku);
    }

    @Test
    void one_key_on_both_nodes_at_once_is_one_order_with_one_answer() throws Exception {
        var body = Client.orderOf("17850", one.stocked(10), 1);
        try (var clients = Executors.newFixedThreadPool(2)) {
            for (int i = 0; i < 10; i++) {
                var key = Client.newId("key");
                var answers = Stream.of(one, two)
                        .map(node -> clients.submit(() -> node.post("/api/orders", body, "Idempotency-Key", key)))
                        .toList();
                var first = answers.getFirst().get().expect(201);
                var second = answers.getLast().get().expect(201);
                assertThat(second.response().body()).isEqualTo(first.response().body());
                var placed = "/api/events?type=order.placed&stream=order-" + first.text("orderId");
                assertThat(one.get(placed).body().path("events")).hasSize(1);
            }
        }
    }

    private static void seenOnTheOther(Client first, Client second, String sku) {
        var placed = first.post("/api/orders", Client.orderOf("17850", sku, 1), "Idempotency-Key", Client.newId("key"))
                .expect(201);
        var seen = second.get(placed.header("Location"), "Consistency-Token", placed.header("Consistency-Token"))
                .expect(200);
        assertThat(seen.number("version")).isGreaterThanOrEqualTo(placed.number("version"));
    }

    @Test
    void an_order_can_be_waited_for_wherever_its_payment_is_made() throws Exception {
        var sku = one.stocked(BUYERS);
        var start = System.nanoTime();
        assertThat(Buyers.outcomes(16, i -> (i % 2 == 0 ? one : two).order("buyer-" + i, sku, 1)))
                .isEqualTo(Map.of("CONFIRMED", 16L));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(WELL_BEFORE_THE_WAIT_ENDS);
    }

    @Test
    void the_last_ten_pieces_are_sold_once_to_buyers_on_both_nodes() throws Exception {
        var sku = one.stocked(PIECES);
        assertThat(Buyers.outcomes(BUYERS, i -> (i % 2 == 0 ? one : two).order("buyer-" + i, sku, 1)))
                .isEqualTo(Map.of("CONFIRMED", PIECES, "REJECTED", BUYERS - PIECES));
        var stock = two.await("/api/stock/" + sku, it -> it.number("allocated") == PIECES);
        assertThat(stock.number("onHand")).isEqualTo(PIECES);
        assertThat(stock.number("available")).isZero();
    }
}
