package orderplatform.app.benchmarks;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Servers with one or more nodes on them, which can be stopped and started while the servers run on. */
final class Stand implements Closeable {

    private final Servers servers;
    private final List<Node> nodes = new ArrayList<>();
    private final Shop shop;

    /** @param more arguments of each further node */
    Stand(Arena arena, String name, Contender contender, List<List<String>> more) throws Exception {
        servers = new Servers(arena.folder(name + "-" + contender.key() + "-servers"));
        nodes.add(arena.node(name + "-" + contender.key(), servers.arguments(contender.arguments())));
        for (var arguments : more) {
            nodes.add(arena.node(name + "-" + contender.key() + "-" + nodes.size(), servers.arguments(arguments)));
        }
        shop = new Shop(nodes, servers.database());
    }

    Stand(Arena arena, String name, Contender contender) throws Exception {
        this(arena, name, contender, List.of());
    }

    Shop shop() {
        return shop;
    }

    Database database() {
        return servers.database();
    }

    /** All nodes at the same moment, so that they share the work that is claimed at a start. */
    Stand start() throws IOException {
        for (var node : nodes) {
            node.launch();
        }
        nodes.forEach(Node::awaitReady);
        return this;
    }

    void stop() throws IOException {
        for (var node : nodes) {
            node.close();
        }
    }

    @Override
    public void close() throws IOException {
        stop();
        servers.close();
    }
}
