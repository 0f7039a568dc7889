package orderplatform.app.benchmarks.process;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that a platform needs, each in a process of its own: PostgreSQL, Redis, broker, and the payment provider's stand-in. */
public final class Surroundings implements Closeable {

    private final Provider provider;
    private final Servers servers;

    public Surroundings(Path jar, Path folder) throws IOException, InterruptedException {
        provider = new Provider(jar, folder.resolve("payments"));
        servers = new Servers(folder, "--platform.payments.url=" + provider.url());
        provider.awaitStarted();
    }

    /** What a node has to be told. */
    public List<String> arguments(List<String> others) {
        return servers.arguments(
                Stream.concat(provider.arguments().stream(), others.stream()).toList());
    }

    public Database database() {
        return servers.database();
    }

    /** How many payments the provider has captured in full. */
    public long captures() throws IOException {
        return provider.captures();
    }

    /** CPU seconds so far by process. */
    public Map<String, Double> cpu() throws IOException {
        var seconds = servers.cpu();
        seconds.put("stand-in", provider.cpu());
        return seconds;
    }

    @Override
    public void close() {
        servers.close();
        provider.close();
    }
}
