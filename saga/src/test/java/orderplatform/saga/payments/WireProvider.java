package orderplatform.saga.payments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A provider that shows what it is sent byte by byte, and treats its connections as badly as it is told to. */
final class WireProvider implements AutoCloseable {

    static final String APPROVED = answer("{\"status\":\"approved\",\"reference\":\"ref\"}");

    private final ServerSocket server;
    private final Behaviour behaviour;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();

    /** Answers one request on its connection, and returns if the connection stays open. */
    interface Behaviour {
        boolean answer(Request request, Wire wire) throws IOException;
    }

    /**
     * @param number of the request, from 1
     * @param head its lines, in lower case
     */
    record Request(int number, int connection, String head, String body) {}

    record Wire(Socket socket) {

        boolean send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            return true;
        }

        boolean close() throws IOException {
            socket.close();
            return false;
        }

        /** With a reset in place of a regular end. */
        boolean reset() throws IOException {
            socket.setSoLinger(true, 0);
            return close();
        }
    }

    WireProvider(Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.server = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    static String answer(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    List<Request> requests() {
        return requests;
    }

    int connections() {
        return connections.get();
    }

    void closeConnections() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                int connection = connections.incrementAndGet();
                Thread.ofPlatform().daemon().start(() -> serve(socket, connection));
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void serve(Socket socket, int connection) {
        try (socket) {
            InputStream in = socket.getInputStream();
            for (String head = head(in); !head.isEmpty(); head = head(in)) {
                Request request = record(connection, head, in);
                if (!behaviour.answer(request, new Wire(socket))) {
                    return;
                }
            }
        } catch (IOException gone) {
            // the client or the test closed the connection
        }
    }

    private synchronized Request record(int connection, String head, InputStream in) throws IOException {
        int length = head.lines()
                .filter(line -> line.startsWith("content-length: "))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElse(0);
        String body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        Request request = new Request(requests.size() + 1, connection, head, body);
        requests.add(request);
        return request;
    }

    private static String head(InputStream in) throws IOException {
        var bytes = new ByteArrayOutputStream();
        while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws IOException {
        server.close();
        closeConnections();
    }
}
