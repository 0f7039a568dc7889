package orderplatform.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import orderplatform.app.Launcher;
import orderplatform.app.OrderPlatform;
import orderplatform.app.Platform;
import orderplatform.app.PlatformClasses;
import orderplatform.app.embedded.FreePort;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each start in a process of its own, for its exit code and its standard error. */
@Order(3)
@Execution(ExecutionMode.CONCURRENT)
class StartFailuresTest {

    private static final int JAVA_17_CLASS = 61;
    private static final long LIMIT_SECONDS = 60;
    private static final Duration SLOW = Duration.ofSeconds(8);
    private static final String ANY_PORT = "--server.port=0";

    @TempDir
    Path folder;

    private record Ended(int code, String out, String err) {}

    @Test
    void a_port_in_use_is_said_in_one_line() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            assertRefused(
                    start("--server.port=" + other.getLocalPort(), data(folder)),
                    "port %d is in use".formatted(other.getLocalPort()));
        }
    }

    @Test
    void a_management_port_in_use_is_said_in_one_line() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(
                    start(ANY_PORT, "--management.server.port=" + other.getLocalPort(), data(folder)),
                    "management port %d is in use; stop what listens there or choose another with --management.server.port="
                            .formatted(other.getLocalPort()));
        }
    }

    @Test
    void the_port_above_the_servers_is_the_management_port() throws Exception {
        try (ServerSocket other = new ServerSocket(FreePort.find(), 1, InetAddress.getLoopbackAddress())) {
            assertRefused(
                    start("--server.port=" + (other.getLocalPort() - 1), data(folder)),
                    "management port %d is in use".formatted(other.getLocalPort()));
        }
    }

    @Test
    void a_management_port_that_is_the_servers_is_said_in_one_line() throws Exception {
        int port = FreePort.find();
        assertRefused(
                start("--server.port=" + port, "--management.server.port=" + port, data(folder)),
                "--management.server.port=");
    }

    @Test
    void a_server_port_without_a_port_above_it_is_said_in_one_line() throws Exception {
        assertRefused(start("--server.port=65535", data(folder)), "--management.server.port=");
    }

    @Test
    void a_data_folder_in_use_is_said_in_one_line() throws Exception {
        try (FileChannel lock =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = lock.lock()) {
            assertThat(held.isValid()).isTrue();
            assertRefused(start(ANY_PORT, data(folder)), "in use by another platform");
        }
    }

    @Test
    void a_data_folder_of_a_newer_version_is_said_in_one_line() throws Exception {
        Files.writeString(folder.resolve("format"), "7\n");
        assertRefused(start(ANY_PORT, data(folder)), "has format 7, this version reads 1");
    }

    @Test
    void a_data_folder_that_cannot_be_used_is_said_in_one_line() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        assertRefused(start(ANY_PORT, data(file)), "cannot be read and written");
    }

    @Test
    void a_configured_postgresql_that_does_not_answer_is_said_in_one_line() throws Exception {
        int nobody;
        try (ServerSocket closed = new ServerSocket(0)) {
            nobody = closed.getLocalPort();
        }
        assertRefused(
                start(
                        ANY_PORT,
                        data(folder),
                        "--spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/orders".formatted(nobody)),
                "PostgreSQL at jdbc:postgresql://127.0.0.1:%d/orders cannot be used".formatted(nobody));
    }

    @Test
    void a_configured_postgresql_that_is_slow_to_answer_is_waited_for() throws Exception {
        try (var busy = new ServerSocket(0);
                var threads = Executors.newSingleThreadExecutor()) {
            threads.submit(() -> {
                try (busy;
                        var connection = busy.accept()) {
                    Thread.sleep(SLOW);
                }
                return null;
            });
            var ended = start(
                    ANY_PORT,
                    data(folder),
                    "--spring.datasource.url=jdbc:postgresql://127.0.0.1:%d/orders".formatted(busy.getLocalPort()));
            assertRefused(ended, "cannot be used");
            assertThat(ended.err()).doesNotContain("timed out");
        }
    }

    @Test
    void a_configured_payment_provider_needs_a_secret_for_its_calls_back() throws Exception {
        assertRefused(
                start(ANY_PORT, data(folder), "--platform.payments.url=http://127.0.0.1:1"),
                "platform.payments.webhook-secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform.payments.webhook-secret", "platform.payments.previous-webhook-secret"})
    void a_webhook_secret_that_is_no_base64_is_said_in_one_line(String secret) throws Exception {
        assertRefused(start(ANY_PORT, data(folder), "--%s=whsec_%%".formatted(secret)), secret + " must be Base64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--spring.data.redis.host=127.0.0.1",
                "--spring.rabbitmq.host=127.0.0.1",
                "--spring.rabbitmq.host=127.0.0.1 --platform.roles=saga",
                "--spring.rabbitmq.host=127.0.0.1 --platform.roles=query,command"
            })
    void a_server_of_ones_own_without_a_payment_provider_is_said_in_one_line(String options) throws Exception {
        var all = Stream.concat(Stream.of(ANY_PORT, data(folder)), Stream.of(options.split(" ")));
        assertRefused(
                start(all.toArray(String[]::new)),
                "platform.payments.url is not set; set the address of the payment provider, or try without one: --platform.payments.stand-in=true");
        assertThat(folder.resolve("postgres")).doesNotExist();
    }

    @Test
    void an_older_java_can_load_the_main_class() throws IOException {
        try (var file = Launcher.class.getResourceAsStream("Launcher.class");
                var bytes = new DataInputStream(file)) {
            bytes.skipNBytes(6);
            assertThat(bytes.readUnsignedShort()).isEqualTo(JAVA_17_CLASS);
        }
    }

    private static void assertRefused(Ended ended, String reason) {
        assertThat(ended.err().lines().toList()).as(ended.out()).hasSize(1);
        assertThat(ended.err()).startsWith("order-platform: ").contains(reason);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).doesNotContain("\tat ", "ERROR");
    }

    private static String data(Path folder) {
        return "--platform.data-dir=" + folder;
    }

    private Ended start(String... args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(ProcessHandle.current().info().command().orElseThrow(), "-XX:TieredStopAtLevel=1"));
        command.addAll(PlatformClasses.flags());
        command.addAll(List.of("-cp", PlatformClasses.PATH, OrderPlatform.class.getName()));
        Platform.profiles().forEach(command::add);
        command.addAll(List.of(args));
        Path out = folder.resolve("out.log");
        Path err = folder.resolve("err.log");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
