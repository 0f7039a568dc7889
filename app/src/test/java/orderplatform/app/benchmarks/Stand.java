package orderplatform.app.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/** Servers with a node on them, which can be stopped and started while the servers run on. */
final class Stand implements Closeable {

    private final Surroundings servers;
    private final Node node;
    private final Shop shop;

    Stand(Arena arena, String name, Contender contender) throws Exception {
        var folder = name + "-" + contender.key();
        servers = new Surroundings(arena, folder + "-servers");
        node = arena.node(folder, servers.arguments(contender.arguments()));
        shop = shopOn(List.of(node));
    }

    Node node() {
        return node;
    }

    /** What a further node on the same servers has to be told. */
    List<String> arguments(String... others) {
        return servers.arguments(List.of(others));
    }

    Shop shop() {
        return shop;
    }

    /** A shop on other nodes than its own alone. */
    Shop shopOn(List<Node> nodes) {
        return new Shop(nodes, servers.database(), servers::cpu);
    }

    Database database() {
        return servers.database();
    }

    /** An order that the log can be filled with copies of. Returns its id. */
    String placeTemplate(String sku) throws Exception {
        shop.receive(List.of(sku), Shop.PLENTY);
        var orderId = shop.placeOne(sku);
        shop.awaitQuiet();
        return orderId;
    }

    boolean isRunning() {
        return node.isAlive();
    }

    void start() throws IOException {
        node.start();
    }

    void stop() throws IOException {
        node.close();
    }

    @Override
    public void close() throws IOException {
        stop();
        servers.close();
    }
}
