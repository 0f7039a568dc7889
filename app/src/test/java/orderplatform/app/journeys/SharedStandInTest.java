package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import orderplatform.app.Client;
import orderplatform.app.Platform;
import orderplatform.app.PlatformProcess;
import orderplatform.app.benchmarks.process.Servers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import tools.jackson.databind.json.JsonMapper;

/** Two nodes on the same servers, each with a payment stand-in, of which one is killed with its stand-in. */
@Order(3)
class SharedStandInTest {

    private static final int BUYERS = 120;
    private static final int BUYERS_AT_ONCE = 40;
    private static final int ANSWERS_BEFORE_THE_KILL = 60;
    private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(60);

    private final AtomicInteger answers = new AtomicInteger();

    @Test
    void captures_every_confirmed_order_if_the_node_that_authorised_it_is_killed() throws Exception {
        try (var servers = new Servers(Platform.newFolder(), "--platform.payments.url=http://127.0.0.1")) {
            String[] arguments = servers
                    .arguments(List.of("--platform.payments.stand-in=true", "--platform.payments.ask-after=300ms"))
                    .stream()
                    .filter(argument -> !argument.startsWith("--platform.payments.url="))
                    .toArray(String[]::new);
            try (var killed = new PlatformProcess(arguments)) {
                var sku = killed.stocked(BUYERS + 1);
                assertThat(killed.order("17850", sku, 1).text("status")).isEqualTo("CONFIRMED");
                killAmongOrders(killed, arguments, sku);
            }
        }
    }

    private void killAmongOrders(PlatformProcess killed, String[] arguments, String sku) throws Exception {
        try (var survivor = Platform.start(arguments);
                var threads = Executors.newFixedThreadPool(BUYERS_AT_ONCE)) {
            List<Callable<String>> orders = IntStream.range(0, BUYERS)
                    .<Callable<String>>mapToObj(i -> () -> place(i % 2 == 0 ? killed : survivor, survivor, sku))
                    .toList();
            var locations = orders.stream().map(threads::submit).toList();
            Awaitility.await("orders").atMost(ANSWERED_WITHIN).until(() -> answers.get() >= ANSWERS_BEFORE_THE_KILL);
            killed.kill();
            for (var location : locations) {
                var order = survivor.await(location.get(), SharedStandInTest::isCaptured);
                assertThat(order.text("status")).isEqualTo("CONFIRMED");
            }
            assertThat(capturedAt(survivor)).isEqualTo(BUYERS + 1);
        }
    }

    private static boolean isCaptured(Client.Answer order) {
        return order.body().path("payment").path("status").asString().equals("CAPTURED");
    }

    private String place(Client chosen, Client other, String sku) {
        var key = Client.newId("key");
        var body = Client.orderOf("17850", sku, 1);
        Client.Answer answer;
        try {
            answer = chosen.post("/api/orders", body, "Idempotency-Key", key);
        } catch (UncheckedIOException killed) {
            answer = Awaitility.await("repeat")
                    .atMost(ANSWERED_WITHIN)
                    .until(() -> other.post("/api/orders", body, "Idempotency-Key", key), it -> it.status() == 201);
        }
        answers.incrementAndGet();
        return answer.expect(201).header("Location");
    }

    private static long capturedAt(Platform platform) throws Exception {
        var ledger = platform.bean(Environment.class).getRequiredProperty("platform.payments.url") + "/ledger";
        try (var books = URI.create(ledger).toURL().openStream()) {
            return JsonMapper.shared()
                    .readTree(books)
                    .valueStream()
                    .filter(account -> account.path("captured").asLong() == 255)
                    .count();
        }
    }
}
