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

/** A way to a server that can be shut and opened again: connections through a shut gate break and are refused. */
public final class Gate implements AutoCloseable {

    private final String host;
    private final int port;
    private final int gatePort;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private ServerSocket listener;
    private volatile boolean silent;

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
        listener = new ServerSocket(gatePort, 50, InetAddress.getLoopbackAddress());
        ServerSocket accepting = listener;
        Thread.startVirtualThread(() -> accept(accepting));
    }

    /** What the server says from now on is lost; connections stay. */
    public void silence() {
        silent = true;
    }

    @Override
    public void close() throws IOException {
        if (listener != null) {
            listener.close();
        }
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    private void accept(ServerSocket accepting) {
        try {
            while (true) {
                Socket client = accepting.accept();
                var server = new Socket(host, port);
                sockets.addAll(List.of(client, server));
                Thread.startVirtualThread(() -> copy(client, server, false));
                Thread.startVirtualThread(() -> copy(server, client, true));
            }
        } catch (IOException shut) {
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
