package orderplatform.app.benchmarks.floor;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Connection;
import orderplatform.app.benchmarks.process.Jvm;
import orderplatform.app.benchmarks.process.Patience;
import orderplatform.app.embedded.FreePort;

/** The {@link HttpFloor} in a JVM of its own, with the same options as the platform's. */
public final class EmptyApplication implements Closeable {

    private final int port = FreePort.find();
    private final Process process;

    public EmptyApplication() throws IOException {
        this(System.getProperty("java.class.path"), List.of());
    }

    public EmptyApplication(String classPath, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(Jvm.COMMAND);
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, HttpFloor.class.getName(), "--server.port=" + port));
        process = Jvm.start(
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD));
    }

    public Connection connect(int client) throws IOException {
        return new Connection(port);
    }

    /** Until it has taken its first order. */
    public void awaitFirstOrder() throws IOException, InterruptedException {
        Patience.until("the first order of the empty application", process::isAlive, () -> {
            try (var connection = connect(0)) {
                place(connection);
                return true;
            }
        });
    }

    public static Connection.Answer place(Connection connection) throws IOException {
        return place(connection, 0);
    }

    /** @param filler characters by which the answer is longer */
    public static Connection.Answer place(Connection connection, int filler) throws IOException {
        return connection
                .post("/api/orders?filler=" + filler, Shop.orderOf(Shop.sku(1)))
                .expect(201);
    }

    @Override
    public void close() {
        Jvm.end(process);
    }
}
