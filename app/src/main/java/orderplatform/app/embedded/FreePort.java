package orderplatform.app.embedded;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds loopback ports on which nobody listens, for servers that start later or again. They are below those that systems
 * give to outgoing connections, one of which could be on the port before its server is.
 */
public final class FreePort {

    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_767;
    private static final int TRIES = 1_000;

    private static final Queue<DatagramSocket> CLAIMS = new ConcurrentLinkedQueue<>();

    private FreePort() {}

    /**
     * A port that no other call finds, in this process or another on this machine, before this process ends.
     *
     * @throws IllegalStateException if none is free
     */
    public static int find() {
        return ThreadLocalRandom.current()
                .ints(TRIES, LOWEST, HIGHEST + 1)
                .filter(port -> isFree(port) && claim(port))
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

    /** By the same port of UDP, which none of the servers uses and which the system frees even after a kill. */
    private static boolean claim(int port) {
        try {
            return CLAIMS.add(new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        } catch (IOException claimed) {
            return false;
        }
    }
}
