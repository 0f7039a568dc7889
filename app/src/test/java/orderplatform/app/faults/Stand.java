package orderplatform.app.faults;

import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import orderplatform.app.FreePorts;
import orderplatform.app.benchmarks.Database;
import orderplatform.app.benchmarks.Node;
import orderplatform.app.benchmarks.Servers;
import orderplatform.app.faults.checker.Evidence;
import orderplatform.app.payments.Delays;
import orderplatform.app.payments.PaymentProviderStandIn;

/** Two nodes with all roles on the same servers, each of which a node reaches through a proxy of its own. */
final class Stand implements Closeable {

    /** What both nodes share. */
    enum Server {
        POSTGRES,
        REDIS,
        BROKER,
        PAYMENTS
    }

    static final int NODES = 2;
    static final String SECRET = "faults";

    /** How long what Redis holds may be out of date, where it could not be told. */
    static final Duration VIEWS_LIVE_FOR = Duration.ofSeconds(10);

    private static final Duration LATE = Duration.ofSeconds(3);

    private final Path folder;
    private final Servers servers;
    private final ServerProcess postgres;
    private final ServerProcess redis;
    private final ServerProcess broker;
    private final PaymentProviderStandIn payments;
    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private final List<Node> nodes = new ArrayList<>();
    private final List<Map<Server, Proxy>> ways = new ArrayList<>();

    Stand(Path jar, Path folder, List<String> options) throws Exception {
        this.folder = folder;
        servers = new Servers(
                folder.resolve("servers"),
                "--spring.data.redis.host=127.0.0.1",
                "--spring.rabbitmq.host=127.0.0.1",
                "--platform.payments.url=http://127.0.0.1");
        postgres = ServerProcess.postgres(folder.resolve("servers/postgres"), folder.resolve("servers/postgres.log"));
        redis = ServerProcess.redis(folder.resolve("redis"), FreePorts.next());
        broker = ServerProcess.broker(folder.resolve("broker"), FreePorts.next());
        payments = new PaymentProviderStandIn(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                ledger(),
                this::webhook,
                SECRET,
                Delays.late(LATE));
        mail.start();
        for (int i = 0; i < NODES; i++) {
            ways.add(ways());
            nodes.add(new Node(jar, folder.resolve("node-" + i), arguments(ways.get(i))).from(jar, options));
        }
    }

    private Map<Server, Proxy> ways() throws IOException {
        var ways = new EnumMap<Server, Proxy>(Server.class);
        ways.put(Server.POSTGRES, new Proxy(postgres.port()));
        ways.put(Server.REDIS, new Proxy(redis.port()));
        ways.put(Server.BROKER, new Proxy(broker.port()));
        ways.put(Server.PAYMENTS, new Proxy(payments.url().getPort()));
        return ways;
    }

    private List<String> arguments(Map<Server, Proxy> ways) {
        var database = servers.property("spring.datasource.url")
                .replace(
                        ":%d/".formatted(postgres.port()),
                        ":%d/".formatted(ways.get(Server.POSTGRES).port()));
        var accounts = Stream.of(
                        "spring.datasource.username",
                        "spring.datasource.password",
                        "spring.flyway.user",
                        "spring.flyway.password")
                .map(name -> "--%s=%s".formatted(name, servers.property(name)));
        var others = Stream.of(
                "--spring.datasource.url=" + database,
                "--spring.data.redis.host=127.0.0.1",
                "--spring.data.redis.port=" + ways.get(Server.REDIS).port(),
                "--spring.rabbitmq.host=127.0.0.1",
                "--spring.rabbitmq.port=" + ways.get(Server.BROKER).port(),
                "--spring.rabbitmq.username=" + BrokerOnly.USER,
                "--spring.rabbitmq.password=" + BrokerOnly.PASSWORD,
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mail.getSmtp().getPort(),
                "--platform.payments.url=http://127.0.0.1:"
                        + ways.get(Server.PAYMENTS).port(),
                "--platform.payments.webhook-secret=" + SECRET,
                // More patience with the provider would only make the run longer.
                "--platform.payments.timeout=1s",
                "--platform.payments.ask-after=300ms",
                "--platform.payments.ask-at-most-every=2s",
                "--platform.fulfilment.payment=30s",
                "--platform.query.cache.ttl=" + VIEWS_LIVE_FOR.toSeconds() + "s");
        return Stream.concat(accounts, others).toList();
    }

    private URI webhook() {
        return URI.create("http://127.0.0.1:%d/api/payments/webhook".formatted(port(0)));
    }

    /** Starts both nodes at once, so that each gets a part of the sagas. */
    void startNodes() throws IOException {
        for (var node : nodes) {
            node.launch();
        }
        nodes.forEach(Node::awaitReady);
    }

    Node node(int number) {
        return nodes.get(number);
    }

    int port(int node) {
        return nodes.get(node).port();
    }

    Proxy way(int node, Server server) {
        return ways.get(node).get(server);
    }

    ServerProcess postgres() {
        return postgres;
    }

    ServerProcess redis() {
        return redis;
    }

    ServerProcess broker() {
        return broker;
    }

    /** What the mail server has taken, oldest first. */
    List<Evidence.Mail> mails() {
        return mail.getManagers().getImapHostManager().getAllMessages().stream()
                .map(Stand::mail)
                .sorted(Comparator.comparing(Evidence.Mail::at))
                .toList();
    }

    private static Evidence.Mail mail(StoredMessage stored) {
        try {
            return new Evidence.Mail(
                    stored.getMimeMessage().getMessageID(),
                    stored.getReceivedDate().toInstant());
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    /** The provider itself, past all proxies. */
    URI payments() {
        return payments.url();
    }

    /** The provider's books. */
    Path ledger() {
        return folder.resolve("payments/ledger.jsonl");
    }

    /** As the owner of the tables, past all proxies. */
    Database database() {
        return servers.database();
    }

    @Override
    public void close() throws IOException {
        nodes.forEach(Node::close);
        for (var way : ways) {
            for (var proxy : way.values()) {
                proxy.close();
            }
        }
        mail.stop();
        payments.close();
        broker.close();
        redis.close();
        postgres.close();
        servers.close();
    }
}
