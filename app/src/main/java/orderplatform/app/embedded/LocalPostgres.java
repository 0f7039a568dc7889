package orderplatform.app.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
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
    private String ownersPassword = "";
    private String platformsPassword = "";
    private boolean takesNoPasswords;
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
                platformsPassword,
                "spring.flyway.user",
                OWNER,
                "spring.flyway.password",
                ownersPassword);
    }

    @Override
    public void prepare(DataFolder folder) throws IOException {
        Path owners = ownersPasswordFile(folder);
        takesNoPasswords = Files.exists(data(folder).resolve("postgresql.conf"))
                && (!Files.exists(owners) || PasswordRules.areMissingIn(data(folder)));
        ownersPassword = PasswordFile.read(owners);
        platformsPassword = PasswordFile.read(folder.resolve("postgres-platform.password"));
    }

    private static Path ownersPasswordFile(DataFolder folder) {
        return folder.resolve("postgres-owner.password");
    }

    private static Path data(DataFolder folder) {
        return folder.resolve("postgres");
    }

    @Override
    public void start(DataFolder folder) throws IOException, SQLException {
        Path data = data(folder);
        Orphan.end(data.resolve("postmaster.pid"), data);
        Path initialising = folder.resolve("postgres.initialising");
        deleteHalfMade(data, initialising);
        Path binaries = folder.resolve("postgres-binaries");
        Path unpacking = folder.resolve("postgres.unpacking");
        deleteHalfMade(binaries, unpacking);
        if (takesNoPasswords) {
            PasswordRules.trustOwnerIn(data);
        }
        EmbeddedPostgres started = start(folder, data, binaries);
        server = started;
        createDatabase(started);
        if (takesNoPasswords) {
            demandPasswords(started, data);
        }
        releaseClaims(started);
        Files.deleteIfExists(unpacking);
        Files.deleteIfExists(initialising);
    }

    /** @param marker a file that is there while the folder is made */
    private static void deleteHalfMade(Path made, Path marker) throws IOException {
        if (Files.exists(marker)) {
            FileSystemUtils.deleteRecursively(made);
        } else if (!Files.exists(made)) {
            Files.createFile(marker);
        }
    }

    private EmbeddedPostgres start(DataFolder folder, Path data, Path binaries) throws IOException {
        Path log = folder.resolve("postgres.log");
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
                .setPgBinaryResolver(new Binaries(binaries))
                .setOverrideWorkingDirectory(binaries.toFile())
                .setLocaleConfig("locale", "C")
                // Options of initdb as well: without them everybody on the machine is trusted.
                .setLocaleConfig("auth", "scram-sha-256")
                .setLocaleConfig("pwfile", ownersPasswordFile(folder).toString())
                .setConnectConfig("password", ownersPassword)
                // The library trades durability for speed with -F and a setting; an acknowledged order must stay.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("max_connections", String.valueOf(MAX_CONNECTIONS))
                .start();
    }

    /** The library remembers for the whole JVM where it unpacked what a resolver gave: here that is one folder's own. */
    private record Binaries(Path folder) implements PgBinaryResolver {

        @Override
        public InputStream getPgBinary(String system, String machine) throws IOException {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
        }
    }

    private void createDatabase(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            if (isMissing(statement, "SELECT 1 FROM pg_roles WHERE rolname = '%s'".formatted(USER))) {
                statement.execute("CREATE ROLE %s LOGIN".formatted(USER));
            }
            setPassword(statement, USER, platformsPassword);
            if (isMissing(statement, "SELECT 1 FROM pg_database WHERE datname = '%s'".formatted(DATABASE))) {
                statement.execute("CREATE DATABASE " + DATABASE);
            }
        }
    }

    /** Of data from before there were passwords, or of a copy without the files that have them. */
    private void demandPasswords(EmbeddedPostgres server, Path data) throws SQLException, IOException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            setPassword(statement, OWNER, ownersPassword);
            PasswordRules.demandPasswordsIn(data);
            statement.execute("SELECT pg_reload_conf()");
        }
    }

    private static void setPassword(Statement statement, String role, String password) throws SQLException {
        statement.execute("ALTER ROLE %s PASSWORD '%s'".formatted(role, password));
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
