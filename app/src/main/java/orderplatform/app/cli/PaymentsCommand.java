package orderplatform.app.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import orderplatform.app.payments.Delays;
import orderplatform.app.payments.Ledger;
import orderplatform.app.payments.PaymentProviderStandIn;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The payment provider's stand-in as a process of its own, for platforms of several nodes. */
@Command(
        name = "payments",
        mixinStandardHelpOptions = true,
        description = "Runs the payment provider's stand-in that several nodes share; for trying, never for money.")
final class PaymentsCommand implements Callable<Integer> {

    @Option(names = "--port", defaultValue = "9090", description = "where it listens (${DEFAULT-VALUE})")
    private int port;

    @Option(names = "--ledger", defaultValue = "ledger.jsonl", description = "its books (${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private Path ledger;

    @Option(names = "--webhook", required = true, description = "URL of the platform's /api/payments/webhook")
    @SuppressWarnings("NullAway.Init")
    private URI webhook;

    @Option(
            names = "--secret",
            required = true,
            defaultValue = "${env:WEBHOOK_SECRET}",
            description = "signs the calls back; default: the environment's WEBHOOK_SECRET")
    @SuppressWarnings("NullAway.Init")
    private String secret;

    @Option(names = "--late-after", defaultValue = "PT5S", description = "when pay-late is approved (${DEFAULT-VALUE})")
    @SuppressWarnings("NullAway.Init")
    private Duration lateAfter;

    @Override
    public Integer call() throws InterruptedException {
        try (var standIn = new PaymentProviderStandIn(
                new InetSocketAddress(port), Ledger.inFile(ledger), () -> webhook, secret, Delays.late(lateAfter))) {
            System.out.println("payment stand-in: " + standIn.url());
            Thread.currentThread().join();
            return 0;
        } catch (IOException failed) {
            System.err.println("order-platform: the payment stand-in did not start (%s); check --port and --ledger"
                    .formatted(failed));
            return 1;
        }
    }
}
