package orderplatform.app.benchmarks.process;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orderplatform.app.LogFile;
import orderplatform.app.Signals;
import orderplatform.app.embedded.FreePort;
import org.awaitility.Awaitility;

/** A platform under test: a JVM of its own from the jar, on a data folder of its own. */
public final class Node implements Closeable {

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(5);
    private static final String DEMO = "--platform.demo=";
    private static final Duration POLL = Duration.ofMillis(20);

    private final int port = FreePort.find();
    private final int managementPort = FreePort.find();
    private final Path folder;
    private final List<String> arguments = new ArrayList<>();
    private Path jar;
    private List<String> options = List.of();
    private Map<String, String> environment = Map.of();
    private Process process;

    public Node(Path jar, Path folder, List<String> arguments) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.jar = jar;
        this.arguments.addAll(List.of(
                "--server.port=" + port,
                "--management.server.port=" + managementPort,
                "--platform.data-dir=" + folder));
        if (arguments.stream().noneMatch(argument -> argument.startsWith(DEMO))) {
            this.arguments.add(DEMO + false);
        }
        this.arguments.addAll(arguments);
    }

    /** What it has said on its console. */
    public Path log() {
        return folder.resolve("platform.log");
    }

    /** From its next start on it comes from this jar, with further options of its JVM. */
    public Node from(Path jar, List<String> options) {
        this.jar = jar;
        this.options = options;
        return this;
    }

    /** From its next start on it has this in its environment. */
    public Node with(Map<String, String> environment) {
        this.environment = environment;
        return this;
    }

    /** Starts it without waiting. */
    public void launch() throws IOException {
        List<String> command = new ArrayList<>(Jvm.COMMAND);
        command.addAll(options);
        command.addAll(List.of("-jar", jar.toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        process = Jvm.start(builder);
    }

    public void awaitReady() {
        try {
            awaitAnswer();
        } catch (RuntimeException notStarted) {
            throw new IllegalStateException(LogFile.end(log()), notStarted);
        }
    }

    private void awaitAnswer() {
        Awaitility.await("start of " + jar + ", see " + folder)
                .atMost(STARTS_WITHIN)
                .pollInterval(POLL)
                .failFast("it ended", () -> !process.isAlive())
                .ignoreExceptions()
                .until(() -> {
                    try (var connection = management()) {
                        return connection.get("/actuator/health/readiness").status() == 200;
                    }
                });
    }

    public Node start() throws IOException {
        launch();
        awaitReady();
        return this;
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    public Connection connect() throws IOException {
        return new Connection(port);
    }

    /** To the port that operators' tools ask. */
    public Connection management() throws IOException {
        return new Connection(managementPort);
    }

    public int port() {
        return port;
    }

    public int managementPort() {
        return managementPort;
    }

    public long pid() {
        return process.pid();
    }

    /** Its embedded PostgreSQL. */
    public Database database() throws IOException {
        return Database.embedded(folder, Integer.parseInt(postmaster().get(3).strip()));
    }

    private List<String> postmaster() throws IOException {
        return Files.readAllLines(folder.resolve("postgres/postmaster.pid"));
    }

    /** @param signal to its embedded Redis, such as KILL, STOP or CONT */
    public void signalRedis(String signal) throws IOException, InterruptedException {
        Signals.send(signal, Long.parseLong(redis()));
    }

    private String redis() throws IOException {
        return Files.readString(folder.resolve("redis/pid")).strip();
    }

    /** CPU seconds so far by process: the platform with what is embedded in it, and PostgreSQL and Redis if they are its own. */
    public Map<String, Double> cpu() throws IOException {
        var seconds = new LinkedHashMap<>(Cpu.secondsOfServers(folder));
        seconds.put("platform", Cpu.seconds(process.toHandle()));
        return seconds;
    }

    /** Megabytes that its objects need. */
    public double heapAfterCollection() throws IOException, InterruptedException {
        Jvm.collectGarbage(process);
        return metric("jvm.memory.used?tag=area:heap") / 1_000_000;
    }

    /** Seconds that its compilers have worked. */
    public double compileSeconds() throws IOException {
        return metric("jvm.compilation.time") / 1_000;
    }

    private double metric(String name) throws IOException {
        try (var connection = management()) {
            var metric = connection.get("/actuator/metrics/" + name).expect(200).json();
            return metric.path("measurements").path(0).path("value").asDouble();
        }
    }

    /** As {@code kill -9}. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Ends it as a service manager would. */
    @Override
    public void close() {
        if (process != null) {
            Jvm.end(process);
        }
    }
}
