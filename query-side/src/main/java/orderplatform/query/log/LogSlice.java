package orderplatform.query.log;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import orderplatform.api.RecordedEvent;

/**
 * A stretch of the log, which is read part by part while it is written to the caller: it takes the memory of one part,
 * however long the caller takes. It ends with the limit, or before it with about 4 MiB.
 */
@JsonPropertyOrder({"events", "next"})
final class LogSlice {

    /** With each up to {@link EventLog#PAGE_BYTES} and one event of the largest order, they come to 4 MiB. */
    private static final int MAX_READS = 8;

    /** Reads some events after a position, at most so many. */
    interface Reader {

        List<RecordedEvent> read(long after, int limit);
    }

    private final Reader log;
    private final UnaryOperator<RecordedEvent> shown;
    private final Deque<RecordedEvent> read = new ArrayDeque<>();
    private int left;
    private int reads;
    private long next;

    /** Reads the first part, so that what fails fails before anything is answered. */
    LogSlice(long after, int limit, Reader log, UnaryOperator<RecordedEvent> shown) {
        this.log = log;
        this.shown = shown;
        this.left = limit;
        this.next = after;
        readOn();
    }

    private void readOn() {
        if (left > 0 && reads < MAX_READS) {
            reads++;
            log.read(next, left).stream().map(shown).forEach(read::add);
        }
    }

    /** Once. */
    public Iterable<RecordedEvent> getEvents() {
        return () -> new Iterator<>() {
            @Override
            public boolean hasNext() {
                if (read.isEmpty()) {
                    readOn();
                }
                return !read.isEmpty();
            }

            @Override
            public RecordedEvent next() {
                var event = read.remove();
                next = event.position();
                left--;
                return event;
            }
        };
    }

    /** What to send as {@code after} to read on, once the events are written. */
    public long getNext() {
        return next;
    }
}
