package orderplatform.app.faults.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * The way from one node to one server, on loopback, which can be cut, blocked in one or both directions, or slow. Where it
 * knows the protocol, something can be made to happen at a certain message.
 */
public final class Proxy implements Closeable {

    /** What is wrong with the way. What is held back goes on when it is mended, as on a network that recovers. */
    public enum Trouble {
        NONE,
        /** Connections are closed, new ones too. */
        CUT,
        /** Nothing passes, and nobody is told. */
        HANG,
        /** Questions pass, answers don't. */
        MUTE,
        /** Answers pass, questions don't. */
        DEAF,
        SLOW
    }

    private static final int BUFFER = 16 * 1024;
    private static final int BACKLOG = 128;
    private static final Duration SLOWNESS = Duration.ofMillis(40);

    /**
     * What happens once, at the next message of a name.
     *
     * @param passes whether the other side gets the message before that; otherwise it never does
     * @param armed until it has happened; shared by traps of which only one is to be sprung
     */
    public record Trap(String message, boolean passes, AtomicBoolean armed, Spring spring) {

        @FunctionalInterface
        public interface Spring {
            void run() throws InterruptedException;
        }

        boolean isSprungBy(String name) {
            return message.equals(name) && armed.compareAndSet(true, false);
        }
    }

    private final int target;
    private final Supplier<Wire> protocol;
    private final ServerSocket door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private Trouble trouble = Trouble.NONE;
    private volatile Optional<Trap> trap = Optional.empty();

    /** @param target port of the server; it need not listen yet */
    public Proxy(int target) throws IOException {
        this(target, () -> Wire.UNKNOWN);
    }

    /** @param protocol asked for each connection */
    public Proxy(int target, Supplier<Wire> protocol) throws IOException {
        this.target = target;
        this.protocol = protocol;
        Thread.ofVirtual().name("proxy").start(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    public synchronized void suffer(Trouble now) {
        trouble = now;
        if (now == Trouble.CUT) {
            open.forEach(Proxy::close);
        }
        notifyAll();
    }

    public void set(Trap set) {
        trap = Optional.of(set);
    }

    /** Nothing happens any more. */
    public void unset() {
        trap = Optional.empty();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                connect(door.accept());
            } catch (IOException refused) {
                // The caller sees its connection closed, or the proxy is closing.
            }
        }
    }

    private void connect(Socket caller) throws IOException {
        open.add(caller);
        Socket server;
        try {
            refuseWhereCut();
            server = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException gone) {
            close(caller);
            throw gone;
        }
        open.add(server);
        caller.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        var wire = protocol.get();
        Thread.ofVirtual().start(() -> pump(caller, server, Trouble.DEAF, wire.questions()));
        Thread.ofVirtual().start(() -> pump(server, caller, Trouble.MUTE, wire.answers()));
    }

    private synchronized void refuseWhereCut() throws IOException {
        if (trouble == Trouble.CUT) {
            throw new IOException("cut");
        }
    }

    private void pump(Socket from, Socket to, Trouble blocking, Framer messages) {
        var buffer = new byte[BUFFER];
        try {
            for (int read = from.getInputStream().read(buffer);
                    read >= 0;
                    read = from.getInputStream().read(buffer)) {
                awaitPassage(blocking);
                if (!pass(buffer, read, to.getOutputStream(), messages)) {
                    break;
                }
            }
        } catch (IOException closed) {
            // One side has gone; so does the other.
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
            open.remove(from);
            open.remove(to);
        }
    }

    /** Whether the connection goes on. */
    private boolean pass(byte[] bytes, int count, OutputStream to, Framer messages)
            throws IOException, InterruptedException {
        var set = trap;
        for (var message : messages.feed(bytes, count)) {
            if (set.isPresent() && set.get().isSprungBy(message.name())) {
                boolean passes = set.get().passes();
                to.write(bytes, 0, passes ? count : message.start());
                set.get().spring().run();
                return passes;
            }
        }
        to.write(bytes, 0, count);
        return true;
    }

    private void awaitPassage(Trouble blocking) throws InterruptedException {
        boolean slow;
        synchronized (this) {
            while (trouble == Trouble.HANG || trouble == blocking) {
                wait();
            }
            slow = trouble == Trouble.SLOW;
        }
        if (slow) {
            Thread.sleep(SLOWNESS);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedAlready) {
            // That is all that is wanted.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        suffer(Trouble.CUT);
    }
}
