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
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import orderplatform.app.Platform;
import orderplatform.app.start.StartFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

class EmbeddedServersTest {

    private static final Duration CONFIRM_WAIT = Duration.ofSeconds(5);

    @TempDir
    Path data;

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
            RedisURI address = RedisURI.create(
                    environment.getRequiredProperty("spring.data.redis.host"),
                    environment.getRequiredProperty("spring.data.redis.port", Integer.class));
            try (RedisClient client = RedisClient.create(address);
                    var connection = client.connect()) {
                assertThat(connection.sync().ping()).isEqualTo("PONG");
            }
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
