package orderplatform.app.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds loopback ports on which nobody listens, each one once. They are below those that systems give to outgoing
 * connections, one of which could be on the port before its server is.
 */
final class FreePort {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_767;
    private static final int TRIES = 1_000;

    private static final Set<Integer> FOUND = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    static int find() {
        return ThreadLocalRandom.current()
                .ints(TRIES, LOWEST, HIGHEST + 1)
                .filter(port -> isFree(port) && FOUND.add(port))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No loopback port is free"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
