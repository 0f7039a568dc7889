package orderplatform.app.benchmarks.process;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** PostgreSQL, Redis, broker and payment provider apart from the platform, so that nodes can share and outlive them. */
public final class Servers implements Closeable {

    private final Path folder;
    private final Process process;
    private final Properties properties = new Properties();

    /** @param elsewhere options that name the servers which are not to be started */
    public Servers(Path folder, String... elsewhere) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder);
        var file = folder.resolve("servers.properties");
        List<String> command = new ArrayList<>(Jvm.COMMAND);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                ServersOnly.class.getName(),
                "--platform.data-dir=" + folder,
                "--servers.file=" + file));
        command.addAll(List.of(elsewhere));
        process = Jvm.start(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("servers.log").toFile()));
        Patience.until("the servers on " + folder, process::isAlive, () -> Files.exists(file));
        try (var content = Files.newBufferedReader(file)) {
            properties.load(content);
        }
    }

    /** What a node needs to be told. */
    public List<String> arguments(List<String> others) {
        var ours = new TreeMap<>(properties)
                .entrySet().stream().map(property -> "--%s=%s".formatted(property.getKey(), property.getValue()));
        return Stream.concat(ours, others.stream()).toList();
    }

    /** One of the properties that lead a node to the servers. */
    public String property(String name) {
        return properties.getProperty(name);
    }

    /** As the owner of the tables, who may do more than the platform. */
    public Database database() {
        return new Database(
                properties.getProperty("spring.datasource.url"),
                properties.getProperty("spring.flyway.user"),
                properties.getProperty("spring.flyway.password"));
    }

    /** CPU seconds so far by server. Counts the payment provider to the broker if both are started here. */
    Map<String, Double> cpu() throws IOException {
        var seconds = new HashMap<>(Cpu.secondsOfServers(folder));
        seconds.put("broker", Cpu.seconds(process.toHandle()));
        return seconds;
    }

    @Override
    public void close() {
        Jvm.end(process);
    }
}
