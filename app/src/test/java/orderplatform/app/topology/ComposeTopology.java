package orderplatform.app.topology;

import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orderplatform.app.Client;
import orderplatform.app.benchmarks.process.Database;
import orderplatform.app.benchmarks.process.Jvm;
import orderplatform.app.benchmarks.process.Node;
import orderplatform.app.benchmarks.process.Servers;
import orderplatform.app.embedded.FreePort;
import org.yaml.snakeyaml.Yaml;

/** The nodes of {@code docker/compose.yaml} as processes of the real jar, behind an nginx with the very {@code nginx.conf}. */
final class ComposeTopology implements Closeable {

    /** The embedded server has half as many as compose's. */
    static final String FEW_CONNECTIONS = "--spring.datasource.hikari.maximum-pool-size=12";

    private static final Path DOCKER = Path.of("..", "docker");
    private static final String SECRET = "topology";
    private static final String PLATFORM_ROLE = "composed";

    private final Servers servers;
    private final Database database;
    private final Process payments;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Process nginx;
    private final Client gateway;

    ComposeTopology(Path folder, Path nginxExecutable) throws IOException, InterruptedException, SQLException {
        int gatewayPort = FreePort.find();
        int paymentsPort = FreePort.find();
        var paymentsUrl = "--platform.payments.url=http://127.0.0.1:" + paymentsPort;
        servers = new Servers(folder.resolve("servers"), paymentsUrl);
        payments = payments(folder, paymentsPort, gatewayPort);
        database = makeDatabase();
        var shared = new ArrayList<>(servers.arguments(List.of(
                paymentsUrl,
                "--platform.payments.webhook-secret=" + SECRET,
                "--platform.audit.folder=" + folder.resolve("audit"),
                // An event that can't be handled is to be parked soon.
                "--platform.readers.attempts=2")));
        shared.removeIf(argument -> argument.matches("--spring\\.(datasource|flyway)\\..*"));
        shared.addAll(List.of(
                FEW_CONNECTIONS,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + PLATFORM_ROLE,
                "--spring.datasource.password=platform",
                "--spring.flyway.user=" + database.user(),
                "--spring.flyway.password=" + database.password()));
        for (var service : roles().entrySet()) {
            var arguments = new ArrayList<>(shared);
            arguments.add("--platform.roles=" + service.getValue());
            var node = new Node(RealJar.WHOLE, folder.resolve(service.getKey()), arguments);
            RealJar.launchExtracted(node);
            nodes.put(service.getKey(), node);
        }
        nodes.values().forEach(Node::awaitReady);
        nginx = nginx(folder, nginxExecutable, gatewayPort);
        gateway = client(gatewayPort);
    }

    /** As the image of PostgreSQL does on its first start; under other names, for the embedded server has these. */
    private Database makeDatabase() throws SQLException, IOException {
        var embedded = servers.database();
        var statements = Files.readString(DOCKER.resolve("roles.sql"))
                .replaceAll("(?m)^(--|\\\\).*", "")
                .replace(":'owner_password'", "'owner'")
                .replace(":'platform_password'", "'platform'")
                .replace("orderplatform", PLATFORM_ROLE);
        for (var statement : statements.split(";")) {
            if (!statement.isBlank()) {
                embedded.execute(statement);
            }
        }
        return new Database(
                embedded.url().replace("/orderplatform", "/" + PLATFORM_ROLE), PLATFORM_ROLE + "_owner", "owner");
    }

    private static Process payments(Path folder, int port, int gatewayPort) throws IOException {
        var command = new ArrayList<>(Jvm.COMMAND);
        command.addAll(List.of(
                "-jar",
                RealJar.WHOLE.toString(),
                "payments",
                "--port=" + port,
                "--ledger=" + folder.resolve("ledger.jsonl"),
                "--webhook=http://127.0.0.1:%d/api/payments/webhook".formatted(gatewayPort)));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("payments.log").toFile());
        builder.environment().put("WEBHOOK_SECRET", SECRET);
        return Jvm.start(builder);
    }

    /** By the names of the services that are nodes. */
    @SuppressWarnings("unchecked")
    private static Map<String, String> roles() throws IOException {
        Map<String, Object> compose = new Yaml().load(Files.readString(DOCKER.resolve("compose.yaml")));
        var roles = new LinkedHashMap<String, String>();
        ((Map<String, Map<String, Object>>) compose.get("services")).forEach((name, service) -> {
            var environment = (Map<String, Object>) service.getOrDefault("environment", Map.of());
            if (environment.get("PLATFORM_ROLES") instanceof String named) {
                roles.put(name, named);
            }
        });
        return roles;
    }

    /** With other names and ports, as there are no hosts here: nothing else is changed. */
    private Process nginx(Path folder, Path executable, int port) throws IOException {
        var configuration = Files.readString(DOCKER.resolve("nginx.conf"))
                .replace("listen 80;", "listen 127.0.0.1:%d;".formatted(port));
        for (var node : nodes.entrySet()) {
            configuration = configuration.replace(
                    node.getKey() + ":8080", "127.0.0.1:" + node.getValue().port());
        }
        var file = Files.writeString(folder.resolve("nginx.conf"), configuration);
        return Jvm.start(new ProcessBuilder(
                        executable.toString(),
                        "-c",
                        file.toAbsolutePath().toString(),
                        "-g",
                        "daemon off; pid %s; error_log stderr;"
                                .formatted(folder.resolve("nginx.pid").toAbsolutePath()))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(folder.resolve("nginx.log").toFile())));
    }

    static Client client(int port) {
        return new Client() {

            @Override
            protected int port() {
                return port;
            }

            @Override
            protected int managementPort() {
                throw new UnsupportedOperationException("Only nodes have one");
            }
        };
    }

    /** What the shop sees. */
    Client gateway() {
        return gateway;
    }

    List<Client> nodes() {
        return nodes.values().stream().map(node -> client(node.port())).toList();
    }

    /** As the owner of the tables. */
    Database database() {
        return database;
    }

    @Override
    public void close() {
        gateway.close();
        Jvm.end(nginx);
        nodes.values().parallelStream().forEach(Node::close);
        Jvm.end(payments);
        servers.close();
    }
}
