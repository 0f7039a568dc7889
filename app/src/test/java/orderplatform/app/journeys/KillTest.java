package orderplatform.app.journeys;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import orderplatform.app.Platform;
import orderplatform.app.PlatformProcess;
import orderplatform.app.payments.Delays;
import orderplatform.app.payments.Ledger;
import orderplatform.app.payments.PaymentProviderStandIn;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The platform is killed again and again while it takes orders; the payment provider lives on. */
@Order(3)
class KillTest {

    private static final int KILLS = 3;
    private static final int CLIENTS = 4;
    private static final long PIECES = 100;
    private static final Duration ORDERS_WITHIN = Duration.ofSeconds(40);

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final OrderBook book = new OrderBook();

    @Test
    void no_acknowledged_order_is_lost_and_nothing_is_sold_or_charged_twice() throws Exception {
        System.out.println("KillTest: to repeat it, -Dseed=" + seed);
        var ledger = Platform.newFolder().resolve("ledger.jsonl");
        var webhook = new AtomicReference<URI>();
        try (var provider = provider(ledger, webhook);
                var platform = new PlatformProcess(
                        "--platform.payments.url=" + provider.url(),
                        "--platform.payments.webhook-secret=secret",
                        "--platform.payments.ask-after=300ms")) {
            webhook.set(platform.uri("/api/payments/webhook"));
            var skus = List.of(platform.stocked(PIECES), platform.stocked(PIECES), platform.stocked(PIECES));
            for (int kill = 0; kill < KILLS; kill++) {
                killWhileItTakesOrders(platform, skus);
                platform.start();
            }
            book.repeatUnanswered(platform);
            book.assertSettled(platform);
            skus.forEach(sku -> book.assertStockAddsUp(platform, sku, PIECES));
            book.assertChargedOnce(ledger);
            book.assertEveryStreamIsWhole(platform);
        }
    }

    private static PaymentProviderStandIn provider(Path ledger, AtomicReference<URI> webhook) throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new PaymentProviderStandIn(
                address, Ledger.inFile(ledger), webhook::get, "secret", Delays.late(Duration.ofSeconds(2)));
    }

    private void killWhileItTakesOrders(PlatformProcess platform, List<String> skus) throws Exception {
        int enough = book.answers() + 5 + random.nextInt(40);
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var clients = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> new Random(random.nextLong()))
                    .<Future<?>>map(choices -> threads.submit(() -> book.orderUntilItIsGone(platform, choices, skus)))
                    .toList();
            try {
                Awaitility.await("orders")
                        .pollInterval(Duration.ofMillis(2))
                        .atMost(ORDERS_WITHIN)
                        .until(() -> book.answers() >= enough);
            } finally {
                platform.kill();
            }
            for (var client : clients) {
                client.get();
            }
        }
    }
}
