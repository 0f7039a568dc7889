package orderplatform.app.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** PostgreSQL from Maven artifacts, as durable as an installed one. */
final class LocalPostgres implements EmbeddedServer {

    private static final String DATABASE = "orderplatform";
    private static final String OWNER = "postgres";
    /** The platform itself can't change what is in the log. */
    private static final String USER = "orderplatform";

    private static final int MAX_CONNECTIONS = 100;
    /** Includes crash recovery after the machine went down. */
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private final int port = FreePort.find();
    private @Nullable EmbeddedPostgres server;

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public List<String> configuredBy() {
        return List.of("spring.datasource.url");
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of(
                "spring.datasource.url",
                "jdbc:postgresql://127.0.0.1:%d/%s?reWriteBatchedInserts=true".formatted(port, DATABASE),
                "spring.datasource.username",
                USER,
                "spring.datasource.password",
                USER,
                "spring.flyway.user",
                OWNER,
                "spring.flyway.password",
                OWNER);
    }

    @Override
    public void start(DataFolder folder) throws IOException, SQLException {
        Path data = folder.resolve("postgres");
        Orphan.end(data.resolve("postmaster.pid"), data);
        Path initialising = folder.resolve("postgres.initialising");
        if (Files.exists(initialising)) {
            FileSystemUtils.deleteRecursively(data);
        } else if (!Files.exists(data)) {
            Files.createFile(initialising);
        }
        EmbeddedPostgres started = start(data, folder.resolve("postgres.log"));
        server = started;
        createDatabase(started);
        releaseClaims(started);
        Files.deleteIfExists(initialising);
    }

    private EmbeddedPostgres start(Path data, Path log) throws IOException {
        Files.deleteIfExists(log);
        Redirect output = Redirect.appendTo(log.toFile());
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPort(port)
                .setPGStartupWait(START_LIMIT)
                .setOutputRedirector(output)
                .setErrorRedirector(output)
                .setLocaleConfig("locale", "C")
                // The library trades durability for speed with -F and a setting; an acknowledged order must stay.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("max_connections", String.valueOf(MAX_CONNECTIONS))
                .start();
    }

    private static void createDatabase(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (isMissing(statement, "SELECT 1 FROM pg_roles WHERE rolname = '%s'".formatted(USER))) {
                statement.execute("CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(USER, USER));
            }
            if (isMissing(statement, "SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(DATABASE))) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    /**
     * Who just started the server is alone with it, so whoever had claimed a segment of a reader is gone. After a kill it
     * would be waited for until the claim has run out.
     */
    private static void releaseClaims(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.getDatabase(OWNER, DATABASE).getConnection();
                Statement statement = connection.createStatement()) {
            if (!isMissing(statement, "SELECT 1 WHERE to_regclass('event_log.token') IS NOT NULL")) {
                statement.execute("UPDATE event_log.token SET owner = NULL");
            }
        }
    }

    private static boolean isMissing(Statement statement, String query) throws SQLException {
        try (ResultSet found = statement.executeQuery(query)) {
            return !found.next();
        }
    }

    @Override
    public void close() {
        if (server != null) {
            try {
                server.close();
            } catch (IOException failed) {
                System.getLogger(LocalPostgres.class.getName())
                        .log(System.Logger.Level.WARNING, "PostgreSQL did not stop; the next start ends it", failed);
            }
        }
    }
}
