package orderplatform.eventstore.log;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import orderplatform.app.simulation.Machine;
import orderplatform.app.simulation.Scheduler;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** One node's engine, event store and tail, on a log in memory. */
public final class SimulatedLog implements StreamableMessageSource<TrackedEventMessage<?>> {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Scheduler scheduler;
    private final PostgresEventStorageEngine engine;
    private final LogEventStore store;
    private boolean told;

    public SimulatedLog(Scheduler scheduler, MemoryLog table, Staging staging, Serializer events, Serializer general) {
        this.scheduler = scheduler;
        var builder = new PostgresEventStorageEngine.Builder();
        builder.eventSerializer(events).snapshotSerializer(general);
        engine = new PostgresEventStorageEngine(
                builder, table, new NoSnapshots(), new LogMetrics(new CompositeMeterRegistry()));
        var stores = new LogEventStore.Builder();
        stores.storageEngine(engine);
        store = new LogEventStore(stores, engine, staging);
    }

    private static final class NoSnapshots extends Snapshots {

        NoSnapshots() {
            super(new JdbcTemplate());
        }

        @Override
        Optional<DomainEventData<?>> read(String stream) {
            return Optional.empty();
        }

        @Override
        void store(DomainEventMessage<?> snapshot, Serializer serializer) {
            throw new UnsupportedOperationException("No stream is long enough");
        }
    }

    public PostgresEventStorageEngine engine() {
        return engine;
    }

    public LogEventStore store() {
        return store;
    }

    /** Somebody has committed. */
    public void tell() {
        told = true;
    }

    /** Follows the log as the tail's own thread does. */
    public void follow(Machine machine, long head) {
        engine.tail().startAt(head);
        scheduler.spawn(machine, machine.name() + "/tail", () -> {
            while (true) {
                scheduler.await(() -> told, LOOK_AGAIN);
                told = false;
                try {
                    engine.tail().catchUp(engine.tail().head());
                } catch (RuntimeException unreachable) {
                    scheduler.sleep(LOOK_AGAIN);
                }
            }
        });
    }

    /** As the event store opens it, but for the wait. */
    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken after) {
        return new Stream(store.openStream(after), PostgresEventStorageEngine.positionOf(after));
    }

    private final class Stream implements BlockingStream<TrackedEventMessage<?>> {

        private final BlockingStream<TrackedEventMessage<?>> events;
        private long position;

        Stream(BlockingStream<TrackedEventMessage<?>> events, long position) {
            this.events = events;
            this.position = position;
        }

        @Override
        public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
            scheduler.await(() -> engine.tail().head() > position, Duration.of(timeout, unit.toChronoUnit()));
            return events.hasNextAvailable(0, unit);
        }

        @Override
        public Optional<TrackedEventMessage<?>> peek() {
            return events.peek();
        }

        @Override
        public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
            var next = events.nextAvailable();
            position = PostgresEventStorageEngine.positionOf(next.trackingToken());
            return next;
        }

        @Override
        public void close() {
            events.close();
        }
    }

    @Override
    public TrackingToken createTailToken() {
        return store.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return store.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(java.time.Instant time) {
        return store.createTokenAt(time);
    }

    @Override
    public TrackingToken createTokenSince(Duration duration) {
        return store.createTokenSince(duration);
    }
}
