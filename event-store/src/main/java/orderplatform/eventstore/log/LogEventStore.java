package orderplatform.eventstore.log;

import java.util.List;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event store on the log. Of a batch whose streams are partly in conflict it appends the rest; events of this
 * node reach its readers without being read again.
 */
public class LogEventStore extends AbstractEventStore {

    private final PostgresEventStorageEngine engine;

    LogEventStore(Builder builder, PostgresEventStorageEngine engine) {
        super(builder);
        this.engine = engine;
    }

    static final class Builder extends AbstractEventStore.Builder {}

    /** Starts to follow the log from its end. */
    void start() {
        engine.tail().start(engine.head());
    }

    void stop() throws InterruptedException {
        engine.tail().stop();
    }

    /** @throws UnknownEventType when the stream is read, where no class knows one of its events */
    @Override
    public DomainEventStream readEvents(String stream) {
        return UnknownEventType.refuseIn(read(stream));
    }

    /** @throws UnknownEventType when the stream is read, where no class knows one of its events */
    @Override
    public DomainEventStream readEvents(String stream, long firstVersion) {
        return UnknownEventType.refuseIn(super.readEvents(stream, firstVersion));
    }

    private DomainEventStream read(String stream) {
        var batch = Appends.current();
        var ahead = batch == null ? null : batch.readAhead(stream);
        if (batch == null || ahead == null) {
            return super.readEvents(stream);
        }
        batch.readFromMemory(stream, ahead.isEmpty() ? -1 : ahead.getLast().getSequenceNumber());
        return DomainEventStream.concat(
                DomainEventStream.of(ahead), DomainEventStream.of(stagedDomainEventMessages(stream)));
    }

    @Override
    public void publish(List<? extends EventMessage<?>> events) {
        super.publish(events);
        var batch = Appends.current();
        if (batch != null) {
            batch.staged(events);
        }
    }

    @Override
    protected void prepareCommit(List<? extends EventMessage<?>> events) {
        try {
            super.prepareCommit(events);
        } catch (StreamConflicts conflicts) {
            var batch = Appends.current();
            if (batch == null) {
                throw conflicts;
            }
            // The lock at the tail is held by now: what is left can't be in conflict.
            super.prepareCommit(batch.without(conflicts.streams(), events));
        }
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken after) {
        return new LogStream(PostgresEventStorageEngine.positionOf(after), engine.tail(), engine::page);
    }
}
