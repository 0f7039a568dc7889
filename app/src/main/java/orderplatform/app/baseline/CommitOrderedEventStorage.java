package orderplatform.app.baseline;

import java.util.List;
import orderplatform.eventstore.log.UnknownEventType;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.jpa.JpaEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Axon's JPA store with positions in the order of commits: each transaction takes its positions under one lock, last
 * thing before it commits. What is visible is then never overtaken from below, so a position names one event for every
 * reader, and a reader that has passed a position has seen all before it.
 *
 * <p>Axon rebuilds an aggregate without the events that no class knows; here it is refused.
 */
class CommitOrderedEventStorage extends JpaEventStorageEngine {

    /** Names the tail of the log among PostgreSQL's advisory locks. */
    private static final long TAIL = 0x6F7264657273L;

    private final JdbcClient database;

    CommitOrderedEventStorage(Builder builder, JdbcClient database) {
        super(builder);
        this.database = database;
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        database.sql("SELECT pg_advisory_xact_lock(?)").param(TAIL).query(row -> {});
        super.appendEvents(events, serializer);
    }

    @Override
    public DomainEventStream readEvents(String stream, long firstVersion) {
        return UnknownEventType.refuseIn(super.readEvents(stream, firstVersion));
    }
}
