package orderplatform.query.delivery;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that keeps the commands and the headers that it is sent, byte by byte. */
final class SmtpServer implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    private final boolean smtputf8;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    SmtpServer(boolean smtputf8) throws IOException {
        this.smtputf8 = smtputf8;
        Thread.ofPlatform().daemon().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** In UTF-8. */
    List<String> lines(String start) {
        return lines.stream().filter(line -> line.startsWith(start)).toList();
    }

    private void accept() {
        try {
            while (true) {
                try (var client = server.accept()) {
                    serve(client);
                }
            }
        } catch (IOException closed) {
            // the end of the test
        }
    }

    private void serve(Socket client) throws IOException {
        answer(client, "220 ready");
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        boolean data = false;
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            lines.add(line);
            if (data) {
                data = !line.equals(".");
                if (!data) {
                    answer(client, "250 taken");
                }
            } else if (line.equals("DATA")) {
                data = true;
                answer(client, "354 go on");
            } else if (line.startsWith("EHLO")) {
                answer(client, smtputf8 ? "250-here\r\n250-8BITMIME\r\n250 SMTPUTF8" : "250 here");
            } else {
                answer(client, line.equals("QUIT") ? "221 bye" : "250 ok");
            }
        }
    }

    private static void answer(Socket client, String text) throws IOException {
        client.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
