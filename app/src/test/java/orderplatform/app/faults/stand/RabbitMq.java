package orderplatform.app.faults.stand;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import orderplatform.app.embedded.FreePort;

/** A RabbitMQ of the run's own, from the package that is installed, which can be made to refuse messages or to run out of disk. */
public final class RabbitMq implements Closeable {

    private static final long CONTROLLED_WITHIN_SECONDS = 60;
    private static final String DISK_LEFT = "1MB";

    /** More than any disk has. */
    private static final String DISK_WANTED = "1000000GB";

    private static final String REFUSAL = "faults-refusal";

    private final Path executables;
    private final Path home;
    private final Map<String, String> environment;
    private final ServerProcess process;

    /** Where its commands are: {@code -Dfaults.rabbitmq}, or where Debian puts them. Empty if they are not. */
    public static Optional<Path> installed() {
        return Optional.of(Path.of(System.getProperty("faults.rabbitmq", "/usr/lib/rabbitmq/bin")))
                .filter(folder -> Files.isExecutable(folder.resolve("rabbitmq-server")));
    }

    RabbitMq(Path executables, Path home, int port) throws IOException, InterruptedException {
        this.executables = executables;
        this.home = Files.createDirectories(home);
        Files.writeString(
                home.resolve("rabbitmq.conf"), """
                listeners.tcp.1 = 127.0.0.1:%d
                default_user = %s
                default_pass = %s
                disk_free_limit.absolute = %s
                log.file = false
                log.console = true
                """.formatted(port, BrokerOnly.USER, BrokerOnly.PASSWORD, DISK_LEFT));
        environment = environment();
        process = ServerProcess.started(command("rabbitmq-server"), home.resolve("log"), port);
        control("await_startup");
    }

    private Map<String, String> environment() {
        return Map.ofEntries(
                Map.entry("HOME", home.toString()),
                Map.entry("RABBITMQ_NODENAME", "faults@localhost"),
                Map.entry("RABBITMQ_CONFIG_FILE", home.resolve("rabbitmq.conf").toString()),
                Map.entry("RABBITMQ_CONF_ENV_FILE", "/dev/null"),
                Map.entry(
                        "RABBITMQ_ENABLED_PLUGINS_FILE", home.resolve("plugins").toString()),
                Map.entry("RABBITMQ_MNESIA_BASE", home.resolve("mnesia").toString()),
                Map.entry("RABBITMQ_LOG_BASE", home.toString()),
                Map.entry("RABBITMQ_PID_FILE", home.resolve("pid").toString()),
                Map.entry("RABBITMQ_DIST_PORT", String.valueOf(FreePort.find())),
                Map.entry("RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS", "-kernel inet_dist_use_interface {127,0,0,1}"),
                Map.entry("ERL_EPMD_PORT", String.valueOf(FreePort.find())),
                Map.entry("ERL_EPMD_ADDRESS", "127.0.0.1"),
                // Else a shell stands between it and the signals.
                Map.entry("RUNNING_UNDER_SYSTEMD", "1"));
    }

    private List<String> command(String executable, String... arguments) {
        var command = new ArrayList<>(List.of("env"));
        environment.forEach((name, value) -> command.add(name + "=" + value));
        command.add(executables.resolve(executable).toString());
        command.addAll(List.of(arguments));
        return command;
    }

    ServerProcess process() {
        return process;
    }

    /** Starts it again and waits until it takes commands. */
    void start() throws IOException, InterruptedException {
        process.start();
        control("await_startup");
    }

    /**
     * The queue takes no message any more, so that each one that is published for it is nacked. It first learns to refuse, then
     * its length: told both at once it would drop what it holds before it has come to the second.
     */
    public void refuseFor(String queue) throws IOException, InterruptedException {
        limit(queue, "{\"overflow\":\"reject-publish\"}");
        limit(queue, "{\"overflow\":\"reject-publish\",\"max-length\":0}");
    }

    private void limit(String queue, String definition) throws IOException, InterruptedException {
        var pattern = "^%s$".formatted(queue.replace(".", "\\."));
        control("set_policy", "--apply-to", "queues", REFUSAL, pattern, definition);
    }

    public void acceptAgain() throws IOException, InterruptedException {
        control("clear_policy", REFUSAL);
    }

    /** Its alarm goes off: it reads nothing more from publishers. */
    public void runOutOfDisk() throws IOException, InterruptedException {
        control("set_disk_free_limit", DISK_WANTED);
    }

    public void findDisk() throws IOException, InterruptedException {
        control("set_disk_free_limit", DISK_LEFT);
    }

    private void control(String... arguments) throws IOException, InterruptedException {
        run(command("rabbitmqctl", arguments));
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        var log = home.resolve("control.log").toFile();
        var control = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .start();
        if (!control.waitFor(CONTROLLED_WITHIN_SECONDS, TimeUnit.SECONDS) || control.exitValue() != 0) {
            control.destroyForcibly();
            throw new IOException("%s failed, see %s".formatted(command.getLast(), log));
        }
    }

    /** Ends the port mapper that came up with it, too. */
    @Override
    public void close() throws IOException {
        process.close();
        try {
            run(List.of("epmd", "-port", environment.get("ERL_EPMD_PORT"), "-kill"));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
