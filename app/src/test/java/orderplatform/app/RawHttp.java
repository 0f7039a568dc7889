package orderplatform.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;

/** HTTP as a client may send it that knows no rules: byte for byte, one request per connection. */
public record RawHttp(int port) {

    private static final Pattern CHUNKED = Pattern.compile("(?i)transfer-encoding: *chunked");
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(45);

    /** @param head with its status line and headers */
    public record Answer(String head, String body) {

        public int status() {
            return Integer.parseInt(head.split(" ", 3)[1]);
        }
    }

    /** Sends {@code GET} with an address as it is written. */
    public Answer get(String address, String... headerLines) {
        return send("GET %s HTTP/1.1\r\nHost: localhost\r\n%sConnection: close\r\n\r\n"
                .formatted(address, lines(headerLines)));
    }

    /** Sends a JSON body to an address as it is written. */
    public Answer post(String address, String body, String... headerLines) {
        return send(
                "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%sConnection: close\r\n\r\n%s"
                        .formatted(
                                address, body.getBytes(StandardCharsets.ISO_8859_1).length, lines(headerLines), body));
    }

    /** Of ASCII, in which a chunk has as many characters as bytes. */
    private static String unchunked(String body) {
        var whole = new StringBuilder();
        for (int at = 0; ; ) {
            int size = body.indexOf("\r\n", at);
            int length = Integer.parseInt(body.substring(at, size), 16);
            if (length == 0) {
                return whole.toString();
            }
            whole.append(body, size + 2, size + 2 + length);
            at = size + 2 + length + 2;
        }
    }

    private static String lines(String... headerLines) {
        return headerLines.length == 0 ? "" : String.join("\r\n", headerLines) + "\r\n";
    }

    /** Sends {@code GET} and reads nothing of the answer, with little room for what comes all the same. */
    public Socket open(String address) {
        try {
            var socket = new Socket();
            socket.setReceiveBufferSize(1);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream()
                    .write("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .formatted(address)
                            .getBytes(StandardCharsets.ISO_8859_1));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends such a connection, whatever is on its way. */
    public static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param request each character of it a byte */
    public Answer send(String request) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) ANSWERS_WITHIN.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            var end = answer.indexOf("\r\n\r\n");
            var head = answer.substring(0, end);
            var body = answer.substring(end + 4);
            return new Answer(head, CHUNKED.matcher(head).find() ? unchunked(body) : body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
