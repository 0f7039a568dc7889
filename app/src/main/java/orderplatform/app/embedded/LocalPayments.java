package orderplatform.app.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import orderplatform.app.payments.Delays;
import orderplatform.app.payments.PaymentProviderStandIn;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/** The payment provider's stand-in, which calls back to this platform's own webhook. */
final class LocalPayments implements EmbeddedServer {

    private static final String SECRET = "platform.payments.webhook-secret";

    private final Environment environment;
    private int port;
    private final String secret;
    private @Nullable PaymentProviderStandIn standIn;

    LocalPayments(Environment environment) {
        this.environment = environment;
        String configured = environment.getProperty(SECRET);
        secret =
                StringUtils.hasText(configured) ? configured : UUID.randomUUID().toString();
    }

    @Override
    public String name() {
        return "payment provider stand-in";
    }

    @Override
    public List<String> configuredBy() {
        return List.of("platform.payments.url");
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of("platform.payments.url", "http://127.0.0.1:" + port, SECRET, secret);
    }

    @Override
    public void prepare(DataFolder folder) {
        port = FreePort.find();
    }

    @Override
    public void start(DataFolder folder) throws IOException {
        Duration late = environment.getProperty("platform.stand-in.late-after", Duration.class, Duration.ofSeconds(5));
        standIn = new PaymentProviderStandIn(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                folder.resolve("payments/ledger.jsonl"),
                this::webhook,
                secret,
                Delays.late(late));
    }

    /** Known only when the web server listens, long after this server has started. */
    private URI webhook() {
        return URI.create("http://127.0.0.1:%s/api/payments/webhook"
                .formatted(environment.getRequiredProperty("local.server.port")));
    }

    @Override
    public void close() {
        if (standIn != null) {
            standIn.close();
        }
    }
}
