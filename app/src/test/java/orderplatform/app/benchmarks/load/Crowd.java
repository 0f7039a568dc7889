package orderplatform.app.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import orderplatform.app.benchmarks.process.Connection;

/** Many clients at once, each with a thread and a connection. */
public interface Crowd {

    @FunctionalInterface
    interface Client {
        /** Does all that this client has to do. */
        void run(Connection connection) throws Exception;
    }

    @FunctionalInterface
    interface Door {
        Connection connect(int client) throws IOException;
    }

    /** Returns when all are done. The first failure of any is thrown when the others have ended. */
    static void run(int clients, Door door, Client client) throws Exception {
        try (var threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    try (var connection = door.connect(number)) {
                        client.run(connection);
                    }
                    return null;
                }));
            }
            for (var one : running) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }
}
