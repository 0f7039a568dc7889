package orderplatform.app.benchmarks.scenario;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Database;
import orderplatform.app.benchmarks.process.Node;
import orderplatform.app.benchmarks.process.Surroundings;

/** Servers with a node on them, which can be stopped and started while the servers run on. */
public final class Stand implements Closeable {

    private final Surroundings servers;
    private final Node node;
    private final Shop shop;

    public Stand(Arena arena, String name, Contender contender) throws Exception {
        var folder = name + "-" + contender.key();
        servers = new Surroundings(arena.settings().jar(), arena.folder(folder + "-servers"));
        node = arena.node(folder, servers.arguments(contender.arguments()));
        shop = shopOn(List.of(node));
    }

    public Node node() {
        return node;
    }

    /** What a further node on the same servers has to be told. */
    public List<String> arguments(String... others) {
        return servers.arguments(List.of(others));
    }

    public Shop shop() {
        return shop;
    }

    /** A shop on other nodes than its own alone. */
    public Shop shopOn(List<Node> nodes) {
        return new Shop(nodes, servers.database(), servers::cpu);
    }

    public Database database() {
        return servers.database();
    }

    /** An order that the log can be filled with copies of. Returns its id. */
    public String placeTemplate(String sku) throws Exception {
        shop.receive(List.of(sku), Shop.PLENTY);
        var orderId = shop.placeOne(sku);
        shop.awaitQuiet();
        return orderId;
    }

    public boolean isRunning() {
        return node.isAlive();
    }

    public void start() throws IOException {
        node.start();
    }

    public void stop() throws IOException {
        node.close();
    }

    @Override
    public void close() throws IOException {
        stop();
        servers.close();
    }
}
