package orderplatform.app.faults.stand;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import orderplatform.app.OrderPlatform;
import orderplatform.app.Signals;
import orderplatform.app.benchmarks.process.Jvm;
import orderplatform.app.benchmarks.process.Patience;
import redis.embedded.core.ExecutableProvider;

/** A server in a process of its own, which can be hurt by signals and started again as it was. */
public final class ServerProcess implements Closeable {

    private static final long ENDS_WITHIN_SECONDS = 30;

    private final List<String> command;
    private final File log;
    private final int port;
    private ProcessHandle process;

    private ServerProcess(List<String> command, Path log, int port, ProcessHandle process) {
        this.command = command;
        this.log = log.toFile();
        this.port = port;
        this.process = process;
    }

    /** As the PostgreSQL that keeps its data in a folder and runs already, which has to be ended before it starts. */
    static ServerProcess postgres(Path data, Path log) throws IOException {
        var postmaster = Files.readAllLines(data.resolve("postmaster.pid"));
        var running =
                ProcessHandle.of(Long.parseLong(postmaster.getFirst().strip())).orElseThrow();
        var command = new ArrayList<String>();
        if (ProcessHandle.current().info().user().filter("root"::equals).isPresent()) {
            // It refuses to run as root, so it runs in a namespace in which it is not root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(running.info().command().orElseThrow());
        command.addAll(List.of(running.info().arguments().orElseThrow()));
        return new ServerProcess(
                command, log, Integer.parseInt(postmaster.get(3).strip()), running);
    }

    static ServerProcess redis(Path home, int port) throws IOException, InterruptedException {
        Files.createDirectories(home);
        var executable =
                ExecutableProvider.newJarResourceProvider(home.toFile()).get();
        return started(
                List.of(
                        executable.getAbsolutePath(),
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        String.valueOf(port),
                        "--dir",
                        home.toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "no"),
                home.resolve("log"),
                port);
    }

    /** The broker that the platform brings along, apart from it. */
    static ServerProcess broker(Path home, int port) throws IOException, InterruptedException {
        Files.createDirectories(home);
        var command = new ArrayList<>(Jvm.COMMAND);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                BrokerOnly.class.getName(),
                home.toString(),
                String.valueOf(port),
                OrderPlatform.class.getResource("embedded/broker.json").toString(),
                OrderPlatform.class.getResource("embedded/broker.properties").toString()));
        return started(command, home.resolve("log"), port);
    }

    static ServerProcess started(List<String> command, Path log, int port) throws IOException, InterruptedException {
        var server = new ServerProcess(command, log, port, ProcessHandle.current());
        server.start();
        return server;
    }

    public int port() {
        return port;
    }

    /**
     * Starts it and waits until it listens. It is in a session of its own, where no signal for a terminal's or a build's
     * group of processes reaches it.
     */
    public void start() throws IOException, InterruptedException {
        var started = Jvm.start(new ProcessBuilder(
                        Stream.concat(Stream.of("setsid"), command.stream()).toList())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log)));
        process = started.toHandle();
        Patience.until(command.getFirst() + " on port " + port, started::isAlive, this::listens);
    }

    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** @param name such as KILL, STOP or CONT */
    public void signal(String name) throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IOException("%s has ended, its id may be another's".formatted(command.getFirst()));
        }
        Signals.send(name, process.pid());
    }

    /** Sends a signal that ends it, and waits until it has. */
    public void end(String signal) throws IOException, InterruptedException {
        signal(signal);
        try {
            process.onExit().get(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("%s does not end on %s".formatted(command.getFirst(), signal), e);
        }
    }

    @Override
    public void close() throws IOException {
        if (process.isAlive() && process.pid() != ProcessHandle.current().pid()) {
            try {
                end("TERM");
            } catch (InterruptedException stop) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
