package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import orderplatform.app.Client;
import orderplatform.app.Platform;
import orderplatform.app.PlatformProcess;
import orderplatform.app.benchmarks.process.Servers;
import orderplatform.app.embedded.FreePort;
import orderplatform.app.payments.Delays;
import orderplatform.app.payments.Ledger;
import orderplatform.app.payments.PaymentProviderStandIn;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * A backup is taken while the platform sells, all servers are lost later, and it goes on from the backup and the
 * write-ahead log on new ones, with nothing in Redis and in the broker.
 */
@Order(3)
class BackupTest {

    private static final int CLIENTS = 4;
    private static final long PIECES = 60;
    private static final int ORDERS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET = "secret";

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);
    private final OrderBook book = new OrderBook();
    private final AtomicReference<URI> webhook = new AtomicReference<>();
    private final int mailPort = FreePort.find();
    private final Path old = Platform.newFolder();
    private final Path restored = Platform.newFolder();

    @Test
    void nothing_is_lost_or_done_twice_when_it_goes_on_from_a_backup() throws Exception {
        System.out.println("BackupTest: to repeat it, -Dseed=" + seed);
        var ledger = Platform.newFolder().resolve("ledger.jsonl");
        var before = mailServer();
        var after = mailServer();
        try (var provider = provider(ledger)) {
            before.start();
            var skus = sellUntilAllServersAreLost(provider, before);
            after.start();
            goOn(provider, ledger, skus, before, after);
        } finally {
            before.stop();
            after.stop();
        }
    }

    private GreenMail mailServer() {
        return new GreenMail(new ServerSetup(mailPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    }

    private List<String> sellUntilAllServersAreLost(PaymentProviderStandIn provider, GreenMail mail) throws Exception {
        var backup = new BaseBackup(old.resolve("postgres"), restored.resolve("postgres"));
        List<String> skus;
        try (var servers = new Servers(old, payments(provider))) {
            // Stands for the archive of the write-ahead log.
            servers.database().execute("ALTER SYSTEM SET wal_keep_size = '1GB'", "SELECT pg_reload_conf()");
            try (var platform = platform(servers, provider);
                    var threads = Executors.newFixedThreadPool(CLIENTS)) {
                skus = List.of(platform.stocked(PIECES), platform.stocked(PIECES));
                var clients = sell(threads, platform, skus);
                awaitOrders(ORDERS);
                Awaitility.await("first mails").atMost(PATIENCE).until(() -> mail.getReceivedMessages().length > 0);
                backup.take(servers.database());
                awaitOrders(book.answers() + ORDERS);
                // What the broker has now cannot be sent any more, and is lost with it.
                mail.getSmtp().stopService();
                awaitOrders(book.answers() + ORDERS);
                platform.kill();
                for (var client : clients) {
                    client.get();
                }
            }
        }
        backup.addLog();
        return skus;
    }

    private void goOn(PaymentProviderStandIn provider, Path ledger, List<String> skus, GreenMail... mails)
            throws Exception {
        try (var servers = new Servers(restored, payments(provider))) {
            servers.database()
                    .execute("DELETE FROM %s WHERE processor_name = 'relay'".formatted(Platform.tokenTable()));
            try (var platform = platform(servers, provider)) {
                book.repeatUnanswered(platform);
                book.assertSettled(platform);
                skus.forEach(sku -> book.assertStockAddsUp(platform, sku, PIECES));
                book.assertChargedOnce(ledger);
                book.assertEveryStreamIsWhole(platform);
                assertEveryCustomerWasTold(platform, mails);
            }
        }
    }

    private PlatformProcess platform(Servers servers, PaymentProviderStandIn provider) throws IOException {
        var ours = List.of(
                payments(provider),
                "--platform.payments.webhook-secret=" + SECRET,
                "--platform.payments.ask-after=300ms",
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mailPort);
        var platform = new PlatformProcess(servers.arguments(ours).toArray(String[]::new));
        webhook.set(platform.uri("/api/payments/webhook"));
        return platform;
    }

    private static String payments(PaymentProviderStandIn provider) {
        return "--platform.payments.url=" + provider.url();
    }

    private PaymentProviderStandIn provider(Path ledger) throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return new PaymentProviderStandIn(
                address, Ledger.inFile(ledger), webhook::get, SECRET, Delays.late(Duration.ofSeconds(2)));
    }

    private List<Future<?>> sell(ExecutorService threads, PlatformProcess platform, List<String> skus) {
        return IntStream.range(0, CLIENTS)
                .mapToObj(i -> new Random(random.nextLong()))
                .<Future<?>>map(choices -> threads.submit(() -> book.orderUntilItIsGone(platform, choices, skus)))
                .toList();
    }

    private void awaitOrders(int answers) {
        Awaitility.await("orders").atMost(PATIENCE).until(() -> book.answers() >= answers);
    }

    /** A mail that the kill interrupted may come twice, by one id. */
    private void assertEveryCustomerWasTold(Client client, GreenMail... mails) {
        Awaitility.await("mails").atMost(PATIENCE).untilAsserted(() -> {
            var told = Arrays.stream(mails)
                    .flatMap(mail -> Arrays.stream(mail.getReceivedMessages()))
                    .toList();
            assertThat(book.orderIds())
                    .allSatisfy(orderId -> assertThat(told.stream()
                                    .filter(it -> header(it, "Subject").contains(orderId))
                                    .map(it -> header(it, "Message-ID"))
                                    .distinct())
                            .as(() -> "mails about an order of which the ledger says "
                                    + client.get("/api/notifications?orderId=" + orderId)
                                            .body())
                            .hasSize(1));
        });
    }

    private static String header(MimeMessage message, String name) {
        try {
            return message.getHeader(name, null);
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
