package orderplatform.app.faults.stand;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import orderplatform.app.benchmarks.process.Database;
import orderplatform.app.benchmarks.process.Jvm;
import orderplatform.app.benchmarks.process.Node;
import orderplatform.app.benchmarks.process.Servers;
import orderplatform.app.embedded.FreePort;
import orderplatform.app.faults.wire.Proxy;
import orderplatform.app.payments.Delays;
import orderplatform.app.payments.Ledger;
import orderplatform.app.payments.PaymentProviderStandIn;

/** Two nodes with all roles on the same servers, each of which a node reaches through a proxy of its own. */
public final class Stand implements Closeable {

    /** What both nodes share. */
    public enum Server {
        POSTGRES,
        REDIS,
        BROKER,
        PAYMENTS
    }

    public static final int NODES = 2;
    public static final String SECRET = "faults";
    public static final String DATABASE_USER = "orderplatform";

    /** How long what Redis holds may be out of date, if it could not be told. */
    public static final Duration VIEWS_LIVE_FOR = Duration.ofSeconds(10);

    private static final Duration LATE = Duration.ofSeconds(3);

    private final Path jar;
    private final Path folder;
    private final List<String> options;
    private final Servers servers;
    private final ServerProcess postgres;
    private final ServerProcess redis;
    private final Optional<RabbitMq> rabbitMq;
    private final ServerProcess broker;
    private final PaymentProviderStandIn payments;
    private final MailServer mail = new MailServer();
    private final List<Node> nodes = new ArrayList<>();
    private final List<Ways> ways = new ArrayList<>();
    private final List<Proxy> doors = new ArrayList<>();

    /** @param busy whether the second compiler pays; elsewhere nodes are killed soon or have little to do */
    public Stand(Path jar, Path folder, boolean busy) throws Exception {
        this.jar = jar;
        this.folder = folder;
        options = busy ? List.of() : List.of("-XX:TieredStopAtLevel=1");
        servers = new Servers(
                folder.resolve("servers"),
                "--spring.data.redis.host=127.0.0.1",
                "--spring.rabbitmq.host=127.0.0.1",
                "--platform.payments.url=http://127.0.0.1");
        postgres = ServerProcess.postgres(folder.resolve("servers/postgres"), folder.resolve("servers/postgres.log"));
        // The process that made the database would stop it whenever it ends itself.
        servers.close();
        postgres.start();
        redis = ServerProcess.redis(folder.resolve("redis"), FreePort.find());
        var home = folder.resolve("broker");
        var executables = RabbitMq.installed();
        rabbitMq = executables.isPresent()
                ? Optional.of(new RabbitMq(executables.get(), home, FreePort.find()))
                : Optional.empty();
        broker = rabbitMq.isPresent() ? rabbitMq.get().process() : ServerProcess.broker(home, FreePort.find());
        payments = new PaymentProviderStandIn(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Ledger.inFile(ledger()),
                this::webhook,
                SECRET,
                Delays.late(LATE));
        for (int i = 0; i < NODES; i++) {
            ways.add(new Ways(
                    postgres.port(), redis.port(), broker.port(), payments.url().getPort()));
            nodes.add(new Node(jar, folder.resolve("node-" + i), arguments(ways.get(i))).from(jar, options));
            doors.add(new Proxy(port(i)));
        }
    }

    private List<String> arguments(Ways ways) {
        var ours = Stream.of(
                "--spring.mail.host=127.0.0.1",
                "--spring.mail.port=" + mail.port(),
                "--platform.payments.webhook-secret=" + SECRET,
                // More patience with the provider would only make the run longer.
                "--platform.payments.timeout=1s",
                "--platform.payments.ask-after=300ms",
                "--platform.payments.ask-at-most-every=2s",
                "--platform.fulfilment.payment=10s",
                "--platform.farewell=2s",
                "--platform.query.cache.ttl=" + VIEWS_LIVE_FOR.toSeconds() + "s");
        return Stream.concat(ways.arguments(servers), ours).toList();
    }

    private URI webhook() {
        return URI.create("http://127.0.0.1:%d/api/payments/webhook".formatted(port(0)));
    }

    /**
     * With an archive of the classes of a node that has started and stopped once; it takes less than half the time. A JDK 25 AOT
     * cache takes twice as long to make, and with one compiler its starts are no quicker.
     */
    public void makeStartsQuick() throws IOException, InterruptedException {
        var extracted = folder.resolve("jar");
        Jvm.run("-Djarmode=tools", "-jar", jar.toString(), "extract", "--destination", extracted.toString());
        var application = extracted.resolve(jar.getFileName());
        var archive = folder.resolve("classes.jsa");
        var first = nodes.getFirst().from(application, with("-XX:ArchiveClassesAtExit=" + archive));
        first.launch();
        first.awaitReady();
        first.close();
        nodes.forEach(node -> node.from(application, with("-XX:SharedArchiveFile=" + archive)));
    }

    private List<String> with(String more) {
        return Stream.concat(options.stream(), Stream.of(more)).toList();
    }

    /** Starts both nodes at once, so that each gets a part of the sagas. */
    public void startNodes() throws IOException {
        for (var node : nodes) {
            node.launch();
        }
        nodes.forEach(Node::awaitReady);
    }

    public Node node(int number) {
        return nodes.get(number);
    }

    public int port(int node) {
        return nodes.get(node).port();
    }

    /** Through which customers come to a node. */
    public Proxy door(int node) {
        return doors.get(node);
    }

    public Proxy way(int node, Server server) {
        return ways.get(node).to(server);
    }

    /** On every node's way to the server. */
    public void trouble(Server server, Proxy.Trouble trouble) {
        ways.forEach(way -> way.to(server).suffer(trouble));
    }

    public ServerProcess postgres() {
        return postgres;
    }

    public ServerProcess redis() {
        return redis;
    }

    public ServerProcess broker() {
        return broker;
    }

    /** The same broker. @throws NoSuchElementException if it is the embedded one */
    public RabbitMq rabbitMq() {
        return rabbitMq.orElseThrow();
    }

    public MailServer mail() {
        return mail;
    }

    /** The provider itself, past all proxies. */
    public URI payments() {
        return payments.url();
    }

    /** The provider's books. */
    public Path ledger() {
        return folder.resolve("payments/ledger.jsonl");
    }

    /**
     * As a node, past all proxies.
     *
     * @param application under which the session is listed
     */
    public Connection connect(String application) throws SQLException {
        var user = new Properties();
        user.setProperty("user", DATABASE_USER);
        user.setProperty("password", servers.property("spring.datasource.password"));
        user.setProperty("ApplicationName", application);
        return DriverManager.getConnection(servers.property("spring.datasource.url"), user);
    }

    /** As the owner of the tables, past all proxies. */
    public Database database() {
        return servers.database();
    }

    @Override
    public void close() throws IOException {
        nodes.parallelStream().forEach(Node::close);
        for (var door : doors) {
            door.close();
        }
        for (var way : ways) {
            way.close();
        }
        mail.close();
        payments.close();
        if (rabbitMq.isPresent()) {
            rabbitMq.get().close();
        } else {
            broker.close();
        }
        redis.close();
        postgres.close();
    }
}
