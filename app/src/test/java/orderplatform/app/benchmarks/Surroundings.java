package orderplatform.app.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All that a platform needs, each in a process of its own: PostgreSQL, Redis, broker, and the payment provider's stand-in. */
final class Surroundings implements Closeable {

    private final Provider provider;
    private final Servers servers;

    Surroundings(Arena arena, String name) throws IOException, InterruptedException {
        var folder = arena.folder(name);
        provider = new Provider(arena.settings().jar(), folder.resolve("payments"));
        servers = new Servers(folder, "--platform.payments.url=" + provider.url());
        provider.awaitStarted();
    }

    /** What a node has to be told. */
    List<String> arguments(List<String> others) {
        return servers.arguments(
                Stream.concat(provider.arguments().stream(), others.stream()).toList());
    }

    Database database() {
        return servers.database();
    }

    /** How many payments the provider has captured in full. */
    long captures() throws IOException {
        return provider.captures();
    }

    /** CPU seconds so far by process. */
    Map<String, Double> cpu() throws IOException {
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
