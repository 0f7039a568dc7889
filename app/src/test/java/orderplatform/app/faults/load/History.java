package orderplatform.app.faults.load;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.json.JsonMapper;

/** What was asked, what was answered and what was done to the platform: a line of JSON each, written as it happens. */
public final class History implements Closeable {

    private final BufferedWriter lines;
    private final AtomicLong calls = new AtomicLong();

    public History(Path file) throws IOException {
        lines = Files.newBufferedWriter(file);
    }

    /** The number of a call that is about to be made. */
    long asked(Map<String, Object> request) {
        long call = calls.incrementAndGet();
        write("asked", call, request);
        return call;
    }

    void answered(long call, Map<String, Object> answer) {
        write("answered", call, answer);
    }

    void lost(long call, Exception cause) {
        write("lost", call, Map.of("cause", cause.toString()));
    }

    /** @param what begins, or ended, or what it did meanwhile that interrupts a node */
    public void fault(String name, String what) {
        write("fault", 0, Map.of("name", name, "what", what));
    }

    private synchronized void write(String kind, long call, Map<String, Object> content) {
        var line = new LinkedHashMap<String, Object>();
        line.put("kind", kind);
        line.put("at", Instant.now().toString());
        line.put("call", call);
        line.putAll(content);
        try {
            lines.write(JsonMapper.shared().writeValueAsString(line));
            lines.newLine();
            lines.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        lines.close();
    }
}
