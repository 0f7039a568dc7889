package orderplatform.app.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds loopback ports on which nobody listens, each one once. */
final class FreePort {

    private static final Set<Integer> FOUND = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    static int find() {
        try {
            int port;
            do {
                port = probe();
            } while (!FOUND.add(port));
            return port;
        } catch (IOException none) {
            throw new UncheckedIOException("no loopback port is free", none);
        }
    }

    private static int probe() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
