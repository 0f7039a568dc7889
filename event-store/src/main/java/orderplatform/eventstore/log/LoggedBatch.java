package orderplatform.eventstore.log;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventhandling.EventMessage;

/** What became of an append. It is in the log once its transaction has committed. */
public final class LoggedBatch {

    private final List<? extends EventMessage<?>> events;
    private final List<StoredEvent> rows;
    private final long firstPosition;
    private final Set<String> conflicts;

    LoggedBatch(
            List<? extends EventMessage<?>> events, List<StoredEvent> rows, long firstPosition, Set<String> conflicts) {
        this.events = events;
        this.rows = rows;
        this.firstPosition = firstPosition;
        this.conflicts = conflicts;
    }

    /** Streams that others appended to, and sagas that others changed. If there is one, nothing is appended. */
    public Set<String> conflicts() {
        return conflicts;
    }

    /** @throws IndexOutOfBoundsException if the event is none of this batch */
    public long positionOf(EventMessage<?> event) {
        var ids = events.stream().map(EventMessage::getIdentifier).toList();
        return firstPosition + Objects.checkIndex(ids.indexOf(event.getIdentifier()), ids.size());
    }

    List<? extends EventMessage<?>> events() {
        return events;
    }

    List<StoredEvent> rows() {
        return rows;
    }

    long firstPosition() {
        return firstPosition;
    }

    /** Empty if the batch has only written sagas. */
    Optional<StoredEvent> first() {
        return rows.stream().findFirst();
    }
}
