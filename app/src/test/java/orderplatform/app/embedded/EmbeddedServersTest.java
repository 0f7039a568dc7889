package orderplatform.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import com.rabbitmq.client.MessageProperties;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import orderplatform.app.Platform;
import orderplatform.app.start.StartFailure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Order(2)
class EmbeddedServersTest {

    private static final List<String> SECRETS =
            List.of("postgres-owner.password", "postgres-platform.password", "redis.password", "redis/redis.conf");

    private static final String[] CONFIGURED = {
        "--spring.datasource.url=jdbc:postgresql://db.example/orders",
        "--spring.data.redis.host=cache.example",
        "--spring.rabbitmq.host=broker.example",
        "--platform.payments.url=http://payments.example"
    };

    private static final Duration CONFIRM_WAIT = Duration.ofSeconds(5);

    private final Path data = Platform.newFolder().toAbsolutePath();

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endWhatATestLeft() {
        started.forEach(Process::destroyForcibly);
    }

    @Configuration
    static class Nothing {}

    /** A platform of its own process, for the test that kills it. */
    static class Standalone {
        public static void main(String[] args) throws InterruptedException {
            start(Path.of(args[0]));
            System.out.println("started");
            Thread.currentThread().join();
        }
    }

    static ConfigurableApplicationContext start(Path data, String... more) {
        var application = new SpringApplicationBuilder(Nothing.class)
                .bannerMode(Banner.Mode.OFF)
                .web(WebApplicationType.NONE)
                .initializers(new EmbeddedServers())
                .build();
        return Platform.run(
                application,
                Stream.concat(Stream.of("platform.data-dir=" + data), Stream.of(more))
                        .map("--"::concat)
                        .toArray(String[]::new));
    }

    @Test
    void postgresql_loses_no_committed_row_when_the_machine_goes_down() throws SQLException {
        try (var context = start(data)) {
            assertThat(query(context.getEnvironment(), "SHOW fsync")).isEqualTo("on");
            assertThat(query(context.getEnvironment(), "SHOW synchronous_commit"))
                    .isEqualTo("on");
        }
    }

    @Test
    void redis_answers_where_the_properties_lead() {
        try (var context = start(data)) {
            Environment environment = context.getEnvironment();
            RedisURI address = RedisURI.builder(redis(environment))
                    .withPassword(environment
                            .getRequiredProperty("spring.data.redis.password")
                            .toCharArray())
                    .build();
            try (RedisClient client = RedisClient.create(address);
                    var connection = client.connect()) {
                assertThat(connection.sync().ping()).isEqualTo("PONG");
                assertThatThrownBy(() -> connection.sync().configSet("dir", "/tmp"))
                        .hasMessageContaining("unknown command");
            }
        }
    }

    private static RedisURI redis(Environment environment) {
        return RedisURI.create(
                environment.getRequiredProperty("spring.data.redis.host"),
                environment.getRequiredProperty("spring.data.redis.port", Integer.class));
    }

    @Test
    void nobody_gets_in_without_the_passwords_which_only_the_owner_can_read() throws Exception {
        try (var context = start(data)) {
            var environment = context.getEnvironment();
            assertThat(query(
                            environment, "SELECT count(*) FROM pg_hba_file_rules WHERE auth_method <> 'scram-sha-256'"))
                    .isEqualTo("0");
            assertThat(query(environment, "SHOW unix_socket_directories")).isEmpty();
            assertThat(query(environment, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            for (var guess : List.of("postgres", "orderplatform", "")) {
                assertPostgresRefuses(environment, "postgres", guess);
                assertPostgresRefuses(environment, "orderplatform", guess);
            }
            try (RedisClient client = RedisClient.create(redis(environment))) {
                assertThatThrownBy(client::connect).hasStackTraceContaining("NOAUTH");
            }
            assertThat(process(data.resolve("redis/pid")).info().commandLine().orElseThrow())
                    .doesNotContain(environment.getRequiredProperty("spring.data.redis.password"));
            assertThat(Files.getPosixFilePermissions(data)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
            for (var secret : SECRETS) {
                assertThat(Files.getPosixFilePermissions(data.resolve(secret)))
                        .as(secret)
                        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
            }
        }
    }

    @Test
    @EnabledIf("isRoot")
    void another_user_of_the_machine_reads_nothing_of_the_data_folder() throws Exception {
        try (var context = start(data)) {
            assertThat(context.isActive()).isTrue();
            for (var secret : SECRETS) {
                assertThat(asNobody("cat", data.resolve(secret).toString())).isNotZero();
            }
            assertThat(asNobody("ls", data.toString())).isNotZero();
            assertThat(asNobody("true")).isZero();
        }
    }

    static boolean isRoot() {
        return "root".equals(System.getProperty("user.name")) && Files.isExecutable(Path.of("/usr/sbin/runuser"));
    }

    private static int asNobody(String... command) throws Exception {
        var all = Stream.concat(Stream.of("/usr/sbin/runuser", "-u", "nobody", "--"), Stream.of(command));
        return new ProcessBuilder(all.toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static void assertPostgresRefuses(Environment environment, String user, String password) {
        assertThatThrownBy(() -> DriverManager.getConnection(
                        environment.getRequiredProperty("spring.datasource.url"), user, password))
                .as("%s with '%s'", user, password)
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("password");
    }

    /** As versions before there were passwords left it. */
    @Test
    void a_folder_that_trusted_everybody_goes_on_and_trusts_nobody() throws Exception {
        try (var old = EmbeddedPostgres.builder()
                        .setDataDirectory(data.resolve("postgres"))
                        .setCleanDataDirectory(false)
                        .setServerConfig("unix_socket_directories", "")
                        .start();
                var connection = old.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE orderplatform LOGIN PASSWORD 'orderplatform'");
            statement.execute("CREATE DATABASE orderplatform");
            try (var orders = old.getDatabase("postgres", "orderplatform").getConnection()) {
                orders.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
            }
        }
        for (int start = 0; start < 2; start++) {
            try (var context = start(data)) {
                var environment = context.getEnvironment();
                assertThat(query(environment, "SELECT answer FROM kept")).isEqualTo("42");
                assertPostgresRefuses(environment, "postgres", "");
                assertPostgresRefuses(environment, "orderplatform", "orderplatform");
            }
        }
    }

    @Test
    void a_copy_of_the_data_without_the_passwords_goes_on_with_new_ones() throws Exception {
        try (var context = start(data)) {
            execute(context.getEnvironment(), "CREATE TABLE kept AS SELECT 42 AS answer");
        }
        for (var secret : SECRETS) {
            Files.delete(data.resolve(secret));
        }
        try (var context = start(data)) {
            assertThat(query(context.getEnvironment(), "SELECT answer FROM kept"))
                    .isEqualTo("42");
            assertPostgresRefuses(context.getEnvironment(), "postgres", "");
        }
    }

    @Test
    void a_folder_that_anybody_can_write_to_is_refused() throws IOException {
        var open = Files.createDirectory(data.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThatThrownBy(() -> start(open))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("open to all users");
    }

    @Test
    void the_platform_listens_on_loopback_while_a_server_is_embedded_unless_it_is_told_where() {
        assertThat(address()).isEqualTo("127.0.0.1");
        assertThat(address("--server.address=0.0.0.0")).isEqualTo("0.0.0.0");
        assertThat(address(CONFIGURED)).isNull();
        assertThat(address(Arrays.copyOf(CONFIGURED, CONFIGURED.length - 1))).isEqualTo("127.0.0.1");
    }

    private static @Nullable String address(String... args) {
        var application = new SpringApplicationBuilder(Nothing.class)
                .bannerMode(Banner.Mode.OFF)
                .web(WebApplicationType.NONE)
                .initializers(new LoopbackOnly())
                .build();
        try (var context = Platform.run(application, args)) {
            return context.getEnvironment().getProperty("server.address");
        }
    }

    @Test
    void rows_and_confirmed_messages_are_there_after_a_restart() throws Exception {
        try (var context = start(data)) {
            execute(context.getEnvironment(), "CREATE TABLE kept AS SELECT 42 AS answer");
            publish(context.getEnvironment(), "kept");
        }
        try (var context = start(data)) {
            assertThat(query(context.getEnvironment(), "SELECT answer FROM kept"))
                    .isEqualTo("42");
            assertThat(take(context.getEnvironment())).isEqualTo("kept");
        }
    }

    @Test
    void a_start_does_not_wait_for_the_claims_of_a_platform_that_is_gone() throws SQLException {
        try (var context = start(data)) {
            execute(context.getEnvironment(), "CREATE SCHEMA event_log");
            execute(context.getEnvironment(), "CREATE TABLE event_log.token AS SELECT 'gone' AS owner");
        }
        try (var context = start(data)) {
            assertThat(query(context.getEnvironment(), "SELECT owner FROM event_log.token"))
                    .isNull();
        }
    }

    @Test
    void a_start_after_a_kill_ends_the_orphans_and_keeps_the_data() throws Exception {
        Process killed = standalone();
        Path postmaster = data.resolve("postgres/postmaster.pid");
        List<ProcessHandle> orphans = List.of(process(postmaster), process(data.resolve("redis/pid")));
        killed.destroyForcibly().waitFor();
        assertThat(orphans).allMatch(ProcessHandle::isAlive);

        try (var context = start(data)) {
            assertThat(orphans).noneMatch(ProcessHandle::isAlive);
            assertThat(query(context.getEnvironment(), "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void an_asked_for_end_of_the_process_leaves_no_orphans() throws Exception {
        Process asked = standalone();
        List<ProcessHandle> servers =
                List.of(process(data.resolve("postgres/postmaster.pid")), process(data.resolve("redis/pid")));
        asked.destroy();
        assertThat(asked.waitFor(30, TimeUnit.SECONDS)).isTrue();
        await().untilAsserted(() -> assertThat(servers).noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void a_server_that_does_not_start_takes_the_others_down() throws IOException {
        Files.createFile(data.resolve("postgres"));
        assertThatThrownBy(() -> start(data)).hasMessageContaining("The embedded PostgreSQL did not start");
        assertThat(data.resolve("redis/pid")).exists();
        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(data.resolve("redis/pid")))))
                .isEmpty();
        DataFolder.open(data).close();
    }

    @Test
    void a_folder_in_use_is_refused() {
        try (DataFolder held = DataFolder.open(data)) {
            assertThatThrownBy(() -> start(data))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("in use by another platform");
        }
    }

    @Test
    void a_folder_of_a_newer_version_is_refused() throws IOException {
        Files.writeString(data.resolve("format"), "2\n");
        assertThatThrownBy(() -> start(data))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("has format 2, this version reads 1");
    }

    @Test
    void a_folder_that_cannot_be_made_is_refused() throws IOException {
        Path file = Files.createFile(data.resolve("file"));
        assertThatThrownBy(() -> start(file.resolve("below")))
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("cannot be read and written");
    }

    @Test
    void nothing_starts_and_no_folder_is_made_where_all_servers_are_configured() {
        try (var context = start(
                data.resolve("unused"),
                "spring.datasource.url=jdbc:postgresql://db.example/orders",
                "spring.data.redis.host=cache.example",
                "spring.rabbitmq.host=broker.example",
                "platform.payments.url=http://payments.example")) {
            assertThat(context.getEnvironment().getPropertySources().contains("embeddedServers"))
                    .isFalse();
            assertThat(data.resolve("unused")).doesNotExist();
        }
    }

    private Process standalone() throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Standalone.class.getName(),
                        data.toString())
                .redirectErrorStream(true)
                .start();
        started.add(process);
        assertThat(process.inputReader().lines().anyMatch("started"::equals)).isTrue();
        return process;
    }

    private static ProcessHandle process(Path pidFile) throws IOException {
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst());
        return ProcessHandle.of(pid).orElseThrow();
    }

    private static String query(Environment environment, String sql) throws SQLException {
        try (java.sql.Connection connection = connection(environment);
                ResultSet rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Environment environment, String sql) throws SQLException {
        try (java.sql.Connection connection = connection(environment)) {
            connection.createStatement().execute(sql);
        }
    }

    private static java.sql.Connection connection(Environment environment) throws SQLException {
        return DriverManager.getConnection(
                environment.getRequiredProperty("spring.datasource.url"),
                environment.getRequiredProperty("spring.flyway.user"),
                environment.getRequiredProperty("spring.flyway.password"));
    }

    private static void publish(Environment environment, String text) throws Exception {
        try (Connection connection = broker(environment);
                Channel channel = connection.createChannel()) {
            channel.exchangeDeclare("events", "topic", true);
            channel.queueDeclare("durable", true, false, false, null);
            channel.queueBind("durable", "events", "#");
            channel.confirmSelect();
            channel.basicPublish(
                    "events",
                    "order.placed",
                    MessageProperties.PERSISTENT_BASIC,
                    text.getBytes(StandardCharsets.UTF_8));
            assertThat(channel.waitForConfirms(CONFIRM_WAIT.toMillis())).isTrue();
        }
    }

    private static String take(Environment environment) throws Exception {
        try (Connection connection = broker(environment);
                Channel channel = connection.createChannel()) {
            GetResponse message = channel.basicGet("durable", true);
            return message == null ? "nothing" : new String(message.getBody(), StandardCharsets.UTF_8);
        }
    }

    private static Connection broker(Environment environment) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost(environment.getRequiredProperty("spring.rabbitmq.host"));
        factory.setPort(environment.getRequiredProperty("spring.rabbitmq.port", Integer.class));
        factory.setUsername(environment.getRequiredProperty("spring.rabbitmq.username"));
        factory.setPassword(environment.getRequiredProperty("spring.rabbitmq.password"));
        return factory.newConnection();
    }
}
