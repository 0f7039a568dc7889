package orderplatform.app.benchmarks.process;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One kept-alive HTTP/1.1 connection. Does no more than it must, because the client shares the machine with what it
 * measures.
 */
public final class Connection implements Closeable {

    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(60);
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(2);
    private static final int BUFFER = 16 * 1024;

    private final int port;
    private Socket socket;
    private InputStream in;

    public Connection(int port) throws IOException {
        this.port = port;
        open();
    }

    private void open() throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) ANSWERS_WITHIN.toMillis());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) CONNECTS_WITHIN.toMillis());
        in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    /** @param head status line and headers */
    public record Answer(int status, String head, String body) {

        /** A header's value, or an empty text. */
        public String header(String name) {
            int start = head.toLowerCase(Locale.ROOT).indexOf("\n" + name.toLowerCase(Locale.ROOT) + ":");
            return start < 0
                    ? ""
                    : head.substring(start + name.length() + 2, head.indexOf('\r', start + 1))
                            .strip();
        }

        /** A number in the header, or -1. */
        public long number(String header) {
            var value = header(header);
            return value.isEmpty() ? -1 : Long.parseLong(value);
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }

        public Answer expect(int wanted) {
            if (status != wanted) {
                throw new IllegalStateException("Answered %d instead of %d: %s".formatted(status, wanted, body));
            }
            return this;
        }
    }

    public Answer get(String path, String... headers) throws IOException {
        return call("GET", path, "", headers);
    }

    public Answer post(String path, String body, String... headers) throws IOException {
        return call("POST", path, body, headers);
    }

    private Answer call(String method, String path, String body, String... headers) throws IOException {
        var request = new StringBuilder(512)
                .append(method)
                .append(' ')
                .append(path)
                .append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        for (int i = 0; i < headers.length; i += 2) {
            request.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        if (!body.isEmpty()) {
            request.append("Content-Type: application/json\r\nContent-Length: ")
                    .append(body.getBytes(StandardCharsets.UTF_8).length)
                    .append("\r\n");
        }
        request.append("\r\n").append(body);
        socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.UTF_8));
        return answer();
    }

    private Answer answer() throws IOException {
        var head = new StringBuilder(256);
        long length = 0;
        boolean chunked = false;
        boolean last = false;
        for (var line = line(); !line.isEmpty(); line = line()) {
            head.append(line).append("\r\n");
            var lower = line.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Long.parseLong(
                        line.substring("content-length:".length()).strip());
            }
            chunked |= lower.equals("transfer-encoding: chunked");
            last |= lower.equals("connection: close");
        }
        var body = chunked ? chunks() : in.readNBytes(Math.toIntExact(length));
        if (last) {
            close();
            open();
        }
        int status = Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        return new Answer(status, head.toString(), new String(body, StandardCharsets.UTF_8));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        for (int size = size(); size > 0; size = size()) {
            body.write(in.readNBytes(size));
            line();
        }
        line();
        return body.toByteArray();
    }

    private int size() throws IOException {
        return Integer.parseInt(line(), 16);
    }

    private String line() throws IOException {
        var line = new StringBuilder(64);
        for (int character = in.read(); character != '\n'; character = in.read()) {
            if (character < 0) {
                throw new EOFException("The server closed the connection");
            }
            if (character != '\r') {
                line.append((char) character);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
