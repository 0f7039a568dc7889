package orderplatform.eventstore.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.axonframework.common.Registration;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.AbstractEventStore;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.jspecify.annotations.Nullable;

/**
 * Axon's event store on the log. What is published while a batch is under way is appended with the batch, anything else with
 * its own unit of work. Events of this node reach its readers without being read again.
 */
public class LogEventStore extends AbstractEventStore {

    private final PostgresEventStorageEngine engine;
    private final Staging staging;
    private final List<Consumer<List<? extends EventMessage<?>>>> subscribers = new CopyOnWriteArrayList<>();

    LogEventStore(Builder builder, PostgresEventStorageEngine engine, Staging staging) {
        super(builder);
        this.engine = engine;
        this.staging = staging;
    }

    static final class Builder extends AbstractEventStore.Builder {}

    /** Starts to follow the log from its end. */
    void start() {
        engine.tail().start(engine.head());
    }

    void stop() throws InterruptedException {
        engine.tail().stop();
    }

    /** @throws UnknownEventType when the stream is read, if no class knows one of its events */
    @Override
    public DomainEventStream readEvents(String stream) {
        return UnknownEventType.refuseIn(super.readEvents(stream));
    }

    /** @throws UnknownEventType when the stream is read, if no class knows one of its events */
    @Override
    public DomainEventStream readEvents(String stream, long firstVersion) {
        return UnknownEventType.refuseIn(super.readEvents(stream, firstVersion));
    }

    @Override
    public void publish(List<? extends EventMessage<?>> events) {
        if (staging.isUnderWay()) {
            staging.stage(intercept(events));
        } else {
            super.publish(events);
        }
    }

    @Override
    protected void prepareCommit(List<? extends EventMessage<?>> events) {
        super.prepareCommit(events);
        tellSubscribers(events);
    }

    @Override
    public Registration subscribe(Consumer<List<? extends EventMessage<?>>> subscriber) {
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    /** The events are appended, and not committed yet. */
    public void tellSubscribers(List<? extends EventMessage<?>> events) {
        subscribers.forEach(subscriber -> subscriber.accept(events));
    }

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken after) {
        return new LogStream(PostgresEventStorageEngine.positionOf(after), engine.tail(), engine::page);
    }
}
