package orderplatform.query.log;

import java.util.List;
import orderplatform.api.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** Reads the event log of every stream. Throws unchecked exceptions where the log can't be read. */
public interface EventLog {

    /**
     * Events in the order of their positions, without gaps that could still be filled.
     *
     * @param after the position before the first wanted one; -1 reads from the start
     * @param limit most events to read, at least 1
     * @param type only events with this logical name
     * @param stream only events of this stream, such as {@code order-536365}
     */
    List<RecordedEvent> read(long after, int limit, @Nullable String type, @Nullable String stream);

    /** Position of the last committed event; -1 for an empty log. */
    long head();
}
