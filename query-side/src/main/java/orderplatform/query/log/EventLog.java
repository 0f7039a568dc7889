package orderplatform.query.log;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import orderplatform.api.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** Reads the event log of every stream. Throws unchecked exceptions if the log can't be read. */
public interface EventLog {

    /** Events that {@link #stream} reads at once. */
    int PAGE = 1_000;

    /** Of payloads that {@link #read} reads, give or take the last one: what one caller holds in memory. */
    long PAGE_BYTES = 256 << 10;

    /**
     * Events in the order of their positions, without gaps that could still be filled.
     *
     * @param after the position before the first wanted one; -1 reads from the start
     * @param limit most events to read, at least 1; fewer are read if they are large, but never none if there are any
     * @param type only events with this logical name
     * @param stream only events of this stream, such as {@code order-536365}
     */
    List<RecordedEvent> read(long after, int limit, @Nullable String type, @Nullable String stream);

    /**
     * The same up to a position, read page by page while they are asked for, so that a long stretch takes no memory.
     *
     * @param to position of the last wanted event; no page behind it is read
     */
    default Stream<RecordedEvent> stream(long after, long to, @Nullable String type, @Nullable String stream) {
        return Stream.iterate(
                        read(after, PAGE, type, stream),
                        page -> !page.isEmpty(),
                        page -> page.getLast().position() >= to
                                ? List.of()
                                : read(page.getLast().position(), PAGE, type, stream))
                .flatMap(Collection::stream)
                .takeWhile(event -> event.position() <= to);
    }

    /**
     * Events of some SKUs that have one of the correlation ids, in the order of their positions.
     *
     * @param streams of the SKUs
     * @param limit most events to read, at least 1
     */
    List<RecordedEvent> ofStock(Set<String> correlationIds, Set<String> streams, int limit);

    /** Position of the last committed event; -1 for an empty log. */
    long head();
}
