package orderplatform.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A platform in a JVM of its own, which can be killed and started again with the same arguments. */
public final class PlatformProcess extends Client {

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(40);

    private final int port = FreePorts.next();
    private final List<String> command;
    private final Path folder;
    private Process process;

    public PlatformProcess(String... args) throws IOException {
        folder = Platform.newFolder();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        // Quick to start rather than quick after an hour.
        var platform = Stream.of(
                java,
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OrderPlatform.class.getName(),
                "--server.port=" + port,
                "--platform.demo=false",
                "--platform.data-dir=" + folder);
        command = Stream.concat(platform, Stream.of(args)).toList();
        start();
    }

    public void start() throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("platform.log").toFile()))
                .start();
        Awaitility.await("start of the platform on " + folder)
                .atMost(STARTS_WITHIN)
                .failFast("it ended", () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> get("/actuator/health/readiness").status() == 200);
    }

    /** As {@code kill -9}: nothing is written, flushed or told any more. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        await();
    }

    private void await() throws InterruptedException {
        if (!process.waitFor(STOPS_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("The platform on %s does not end".formatted(folder));
        }
    }

    @Override
    protected int port() {
        return port;
    }

    /** Ends it as a service manager would, and looks that it leaves none of its servers behind. */
    @Override
    public void close() {
        super.close();
        var servers = process.children().toList();
        process.destroy();
        try {
            await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(servers).noneMatch(ProcessHandle::isAlive);
        assertThat(folder.resolve("postgres/postmaster.pid")).doesNotExist();
    }
}
