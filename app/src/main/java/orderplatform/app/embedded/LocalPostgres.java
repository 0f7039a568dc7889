package orderplatform.app.embedded;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** PostgreSQL from Maven artifacts, as durable as an installed one. */
final class LocalPostgres implements EmbeddedServer {

    private static final int MAX_CONNECTIONS = 100;
    /** Includes crash recovery after the machine went down. */
    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

    private int port;
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
                "jdbc:postgresql://127.0.0.1:%d/%s?reWriteBatchedInserts=true"
                        .formatted(port, PostgresAccounts.DATABASE),
                "spring.datasource.username",
                PostgresAccounts.USER,
                "spring.datasource.password",
                platformsPassword,
                "spring.flyway.user",
                PostgresAccounts.OWNER,
                "spring.flyway.password",
                ownersPassword);
    }

    @Override
    public void prepare(DataFolder folder) throws IOException {
        port = FreePort.find();
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
        takesNoPasswords &= Files.exists(data);
        if (takesNoPasswords) {
            PasswordRules.trustOwnerIn(data);
        }
        EmbeddedPostgres started = start(folder, data, binaries);
        server = started;
        PostgresAccounts accounts = new PostgresAccounts(started);
        accounts.createDatabase(platformsPassword);
        if (takesNoPasswords) {
            accounts.demandPasswords(ownersPassword, data);
        }
        accounts.releaseClaims();
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
                .setPGStartupWait(START_TIMEOUT)
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
