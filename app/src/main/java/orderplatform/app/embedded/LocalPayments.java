package orderplatform.app.embedded;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import orderplatform.app.payments.Delays;
import orderplatform.app.payments.Ledger;
import orderplatform.app.payments.PaymentProviderStandIn;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * The payment provider's stand-in, which calls back to this platform's own webhook. Its books are in the data folder; on
 * a database that other nodes may share they are in the database, so that all nodes have the same.
 */
final class LocalPayments implements EmbeddedServer {

    static final String ASKED_FOR = "platform.payments.stand-in";

    private static final String SECRET = "platform.payments.webhook-secret";
    private static final int MAX_CONNECTIONS = 4;

    private final Environment environment;
    private final @Nullable String sharedDatabase;
    private int port;
    private final String secret;
    private @Nullable PaymentProviderStandIn standIn;
    private @Nullable HikariDataSource database;

    LocalPayments(Environment environment) {
        this.environment = environment;
        // Read before the embedded PostgreSQL's own is there.
        sharedDatabase = environment.getProperty("spring.datasource.url");
        String configured = environment.getProperty(SECRET);
        secret =
                StringUtils.hasText(configured) ? configured : UUID.randomUUID().toString();
    }

    /** A node that neither takes orders nor fulfils them has no payments. */
    static boolean isNeeded(Environment environment) {
        String[] roles = environment.getProperty("platform.roles", String[].class, new String[] {"command", "saga"});
        return Stream.of(roles).map(String::strip).anyMatch(role -> role.equals("command") || role.equals("saga"));
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
                ledger(folder),
                this::webhook,
                secret,
                Delays.late(late));
    }

    private Ledger ledger(DataFolder folder) throws IOException {
        if (!StringUtils.hasText(sharedDatabase)) {
            return Ledger.inFile(folder.resolve("payments/ledger.jsonl"));
        }
        HikariConfig settings = new HikariConfig();
        settings.setPoolName("payment-stand-in");
        settings.setJdbcUrl(sharedDatabase);
        settings.setUsername(owner("user", "username"));
        settings.setPassword(owner("password", "password"));
        settings.setMaximumPoolSize(MAX_CONNECTIONS);
        database = new HikariDataSource(settings);
        return Ledger.inDatabase(database);
    }

    /** The platform itself may not be allowed to make a schema. */
    private @Nullable String owner(String ofMigrations, String ofPlatform) {
        return environment.getProperty(
                "spring.flyway." + ofMigrations, environment.getProperty("spring.datasource." + ofPlatform, ""));
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
        if (database != null) {
            database.close();
        }
    }
}
