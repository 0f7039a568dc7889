package orderplatform.app.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import redis.embedded.core.ExecutableProvider;

/** Redis from Maven artifacts. It keeps nothing: whatever it holds can be read from PostgreSQL again. */
final class LocalRedis implements EmbeddedServer {

    private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int PONG_LENGTH = "+PONG\r\n".length();

    /** As the JDK names it, in two ways. */
    private static final Pattern TEXT_FILE_BUSY = Pattern.compile("error[=:] ?26\\b");

    /**
     * Linux runs no file that is open for writing. A child that this JVM forked while the executable was unpacked has it open,
     * until the child runs its own program.
     */
    private static final RetryTemplate WHILE_BUSY = new RetryTemplate(RetryPolicy.builder()
            .maxRetries(100)
            .delay(POLL_INTERVAL)
            .predicate(failure ->
                    TEXT_FILE_BUSY.matcher(String.valueOf(failure.getMessage())).find())
            .build());

    private int port;
    private String password = "";
    private @Nullable File executable;
    private @Nullable Process process;

    @Override
    public String name() {
        return "Redis";
    }

    @Override
    public List<String> configuredBy() {
        return List.of(
                "spring.data.redis.host",
                "spring.data.redis.url",
                "spring.data.redis.cluster.nodes",
                "spring.data.redis.sentinel.nodes");
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of(
                "spring.data.redis.host", "127.0.0.1",
                "spring.data.redis.port", port,
                "spring.data.redis.password", password);
    }

    @Override
    public void prepare(DataFolder folder) throws IOException, InterruptedException {
        port = FreePort.find();
        Path home = Files.createDirectories(home(folder));
        Orphan.end(pidFile(home), home);
        password = PasswordFile.read(folder.resolve("redis.password"));
        executable = ExecutableProvider.newJarResourceProvider(home.toFile()).get();
    }

    private static Path home(DataFolder folder) {
        return folder.resolve("redis");
    }

    private static Path pidFile(Path home) {
        return home.resolve("pid");
    }

    @Override
    public void start(DataFolder folder) throws IOException, InterruptedException {
        Path home = home(folder);
        Path settings = home.resolve("redis.conf");
        PasswordFile.write(settings, settings(home));
        // Not started by the library: its shutdown hook would stop Redis before the platform has closed.
        process = run(new ProcessBuilder(Objects.requireNonNull(executable).getAbsolutePath(), settings.toString())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile()));
        Files.writeString(pidFile(home), String.valueOf(process.pid()));
        awaitAnswer(process, port);
    }

    static Process run(ProcessBuilder program) throws IOException {
        try {
            return WHILE_BUSY.execute(program::start);
        } catch (RetryException failed) {
            throw new IOException(failed.getCause());
        }
    }

    /** In a file, because everybody on the machine sees a command line. */
    private String settings(Path home) {
        return """
                bind 127.0.0.1
                port %d
                dir "%s"
                save ""
                appendonly no
                requirepass %s
                rename-command CONFIG ""
                rename-command MODULE ""
                rename-command DEBUG ""
                """.formatted(port, home, password);
    }

    private static void awaitAnswer(Process process, int port) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(START_TIMEOUT);
        while (!answers(port)) {
            if (!process.isAlive() || Instant.now().isAfter(limit)) {
                throw new IOException("Redis did not start within " + START_TIMEOUT);
            }
            Thread.sleep(POLL_INTERVAL);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) START_TIMEOUT.toMillis());
            socket.getOutputStream().write(PING);
            InputStream answer = socket.getInputStream();
            return answer.readNBytes(PONG_LENGTH).length == PONG_LENGTH;
        } catch (IOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        if (process != null) {
            Orphan.end(process.toHandle());
        }
    }
}
