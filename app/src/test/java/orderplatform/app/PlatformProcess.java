package orderplatform.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import orderplatform.app.embedded.FreePort;
import org.awaitility.Awaitility;

/** A platform in a JVM of its own, which can be killed and started again with the same arguments. */
public final class PlatformProcess extends Client {

    public static final String DEMO = "--platform.demo=true";

    private static final Duration STARTS_WITHIN = Duration.ofSeconds(120);

    /** Some of it for the archive of classes, which the first one writes. */
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(100);

    /** A start before there is an archive takes twice as long, and all tests with processes begin at once. */
    static {
        if (!Files.exists(PlatformClasses.ARCHIVE)) {
            try {
                new PlatformProcess().close();
            } catch (IOException notStarted) {
                throw new UncheckedIOException(notStarted);
            }
        }
    }

    private final int port = FreePort.find();
    private final int managementPort = FreePort.find();
    private List<String> command;
    private final Path folder;
    private Process process;

    /**
     * Plays its demo day, of which {@link PlatformClasses} has a part, if an argument says so. Arguments that begin with -D
     * are the JVM's.
     */
    public PlatformProcess(String... args) throws IOException {
        folder = Platform.newFolder();
        // Quick to start rather than quick after an hour.
        var java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+AutoCreateSharedArchive",
                "--enable-native-access=ALL-UNNAMED");
        var properties = Stream.of(args).filter(PlatformProcess::isForTheJvm);
        var platform = Stream.of(
                "-cp",
                PlatformClasses.PATH,
                OrderPlatform.class.getName(),
                "--server.port=" + port,
                "--management.server.port=" + managementPort,
                "--platform.data-dir=" + folder);
        var demo = Stream.of(args).anyMatch(DEMO::equals) ? Stream.<String>of() : Stream.of("--platform.demo=false");
        command = Stream.of(
                        java,
                        properties,
                        PlatformClasses.flags().stream(),
                        platform,
                        demo,
                        Platform.profiles(),
                        Stream.of(args).filter(arg -> !isForTheJvm(arg)))
                .flatMap(part -> part)
                .toList();
        start();
    }

    private static boolean isForTheJvm(String arg) {
        return arg.startsWith("-D");
    }

    /** From its next start on it has the jar on its class path, too. */
    public void addToClassPath(Path jar) {
        command = command.stream()
                .map(part -> part.equals(PlatformClasses.PATH) ? part + File.pathSeparator + jar : part)
                .toList();
    }

    /** Starts it once more, to end by itself. Returns its exit code. */
    public int runToItsEnd(String argument) throws IOException, InterruptedException {
        launch(Stream.concat(command.stream(), Stream.of(argument)).toList());
        await();
        return process.exitValue();
    }

    private void launch(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()))
                .start();
    }

    public void start() throws IOException {
        launch(command);
        try {
            Awaitility.await("start of the platform on " + folder)
                    .atMost(STARTS_WITHIN)
                    .failFast("it ended", () -> !process.isAlive())
                    .ignoreExceptions()
                    .until(() -> management().get("/actuator/health/readiness").status() == 200);
        } catch (RuntimeException notStarted) {
            process.destroy();
            throw new IllegalStateException(LogFile.end(logFile()), notStarted);
        }
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

    @Override
    protected int managementPort() {
        return managementPort;
    }

    /** What it has written to its console, over all its starts. */
    public List<String> log() throws IOException {
        return Files.readAllLines(logFile());
    }

    private Path logFile() {
        return folder.resolve("platform.log");
    }

    /** As a service manager would, without waiting. */
    public void tellToStop() {
        process.destroy();
    }

    /** Ends it as a service manager would, and looks that it leaves none of its servers behind. */
    public void stop() {
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

    @Override
    public void close() {
        super.close();
        stop();
    }
}
