package orderplatform.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a server that can be shut and opened again: connections through a shut gate break. */
public final class Gate implements AutoCloseable {

    private final String host;
    private final int port;
    private final int gatePort;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private ServerSocket listener;
    private volatile boolean silent;
    private volatile boolean shut;

    public Gate(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        this.gatePort = TestBroker.freePort();
    }

    public int port() {
        return gatePort;
    }

    public void open() throws IOException {
        silent = false;
        shut = false;
        if (listener == null) {
            listener = new ServerSocket(gatePort, 50, InetAddress.getLoopbackAddress());
            Thread.startVirtualThread(this::accept);
        }
    }

    /** What the server says from now on is lost; connections stay. */
    public void silence() {
        silent = true;
    }

    public void shut() {
        shut = true;
        sockets.forEach(Gate::closeQuietly);
        sockets.clear();
    }

    @Override
    public void close() throws IOException {
        shut();
        if (listener != null) {
            listener.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                if (shut) {
                    client.close();
                } else {
                    var server = new Socket(host, port);
                    sockets.addAll(List.of(client, server));
                    Thread.startVirtualThread(() -> copy(client, server, false));
                    Thread.startVirtualThread(() -> copy(server, client, true));
                }
            }
        } catch (IOException closed) {
            sockets.forEach(Gate::closeQuietly);
        }
    }

    private void copy(Socket from, Socket to, boolean silenceable) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            var buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!(silenceable && silent)) {
                    out.write(buffer, 0, read);
                }
            }
        } catch (IOException broken) {
            closeQuietly(from);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
