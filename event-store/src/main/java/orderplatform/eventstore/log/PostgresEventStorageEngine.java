package orderplatform.eventstore.log;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.EventUtils;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.eventsourcing.eventstore.AbstractEventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Axon's way to the log. A position is taken under the lock at the tail, so it is gapless, in the order of commits, and
 * a token of its own.
 */
public class PostgresEventStorageEngine extends AbstractEventStorageEngine {

    /** Rows read at once; a reader holds one such page in memory. */
    static final int PAGE = 1_000;

    private static final long NO_POSITION = -1;
    private static final int RECENT_POSITIONS = 100_000;

    private final LogTable table;
    private final Snapshots snapshots;
    private final LogMetrics metrics;
    private final LogTail tail = new LogTail(this::batchAfter);
    private final RecentlyUsed<StreamVersion, Long> recentPositions = new RecentlyUsed<>(RECENT_POSITIONS);

    private record StreamVersion(String stream, long version) {}

    PostgresEventStorageEngine(Builder builder, LogTable table, Snapshots snapshots, LogMetrics metrics) {
        super(builder);
        this.table = table;
        this.snapshots = snapshots;
        this.metrics = metrics;
    }

    static final class Builder extends AbstractEventStorageEngine.Builder {}

    /**
     * Appends the events and writes the sagas, in the transaction of the thread.
     *
     * @param expected last version of streams that the events were decided on; -1 for none
     * @return if it has conflicts, nothing is written
     */
    public LoggedBatch append(
            List<? extends EventMessage<?>> events, Map<String, Long> expected, List<SagaChange> sagas) {
        if (events.isEmpty() && sagas.isEmpty()) {
            return new LoggedBatch(
                    List.of(), List.of(), NO_POSITION, expected.isEmpty() ? Set.of() : table.stale(expected));
        }
        var rows = events.stream()
                .map(event -> StoredEvent.of(event, getEventSerializer()))
                .toList();
        var appended = table.append(rows, expected(rows, expected), sagas);
        metrics.lockAwaited(appended.lockWaitMicros());
        return new LoggedBatch(events, rows, appended.firstPosition(), appended.conflicts());
    }

    /** Of a unit of work that is no batch. */
    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        var batch = append(events, Map.of(), List.of());
        if (!batch.conflicts().isEmpty()) {
            throw new ConcurrencyException("Others appended to " + batch.conflicts());
        }
        if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().root().afterCommit(work -> committed(batch));
        } else {
            committed(batch);
        }
    }

    private static Map<String, Long> expected(List<StoredEvent> rows, Map<String, Long> decidedOn) {
        var expected = new HashMap<>(decidedOn);
        var next = new LinkedHashMap<String, Long>();
        for (var row : rows) {
            var known = next.get(row.stream());
            if (known == null && row.streamType() != null) {
                expected.put(row.stream(), row.version() - 1);
            } else if (known != null && known != row.version()) {
                throw new IllegalStateException(
                        "%s jumps from version %d to %d".formatted(row.stream(), known - 1, row.version()));
            }
            next.put(row.stream(), row.version() + 1);
        }
        return expected;
    }

    /** The batch's transaction has committed: this node's readers get its events. */
    public void committed(LoggedBatch batch) {
        var rows = batch.rows();
        if (rows.isEmpty()) {
            return;
        }
        var messages = new ArrayList<TrackedEventMessage<?>>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            var row = rows.get(i);
            var position = batch.firstPosition() + i;
            recentPositions.put(new StreamVersion(row.stream(), row.version()), position);
            messages.add(asRead(batch.events().get(i), row, position));
        }
        tail.accept(batch.firstPosition(), new LogTail.Batch(messages, bytes(rows)));
    }

    /** As it would be read back: with its position, and the time as precise as it is stored. */
    private static TrackedEventMessage<?> asRead(EventMessage<?> event, StoredEvent row, long position) {
        var recordedAt = row.recordedAt();
        return new GenericTrackedDomainEventMessage<>(
                new GlobalSequenceTrackingToken(position),
                row.streamType(),
                row.stream(),
                row.version(),
                event,
                () -> recordedAt);
    }

    /**
     * Follows what other nodes append.
     *
     * @param listener told of each event near the log's end that this node has read, which may be one of its own, before
     *     the node's readers are; called by one thread, which must not wait
     */
    public void onRead(Consumer<DomainEventMessage<?>> listener) {
        tail.onRead(event -> {
            if (event instanceof DomainEventMessage<?> ofStream) {
                listener.accept(ofStream);
            }
        });
    }

    LogTail tail() {
        return tail;
    }

    /**
     * The log position of a committed event.
     *
     * @throws IllegalStateException if the stream has no such version
     */
    public long positionOf(String stream, long version) {
        var recent = recentPositions.get(new StreamVersion(stream, version));
        return recent != null
                ? recent
                : table.positionOf(stream, version)
                        .orElseThrow(
                                () -> new IllegalStateException("%s has no version %d".formatted(stream, version)));
    }

    /**
     * Whether the batch's events are in the log for good, also if the answer to its commit was lost. Needs a transaction of its
     * own.
     */
    public boolean isCommitted(LoggedBatch batch) {
        return batch.first().filter(table::isCommitted).isPresent();
    }

    /** Position of the last committed event; -1 for an empty log. */
    public long head() {
        return table.head();
    }

    @Override
    protected void storeSnapshot(DomainEventMessage<?> snapshot, Serializer serializer) {
        snapshots.store(snapshot, serializer);
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readSnapshotData(String stream) {
        return snapshots.read(stream).stream();
    }

    @Override
    protected Stream<? extends DomainEventData<?>> readEventData(String stream, long fromVersion) {
        return pages(fromVersion, from -> table.ofStream(stream, from, PAGE), last -> last.version() + 1);
    }

    /**
     * The events of streams after the versions, read at once.
     *
     * @param versions of each stream; -1 for all of its events
     * @param limit a stream that has as many, or more, is left out
     */
    public Map<String, List<DomainEventMessage<?>>> eventsAfter(Map<String, Long> versions, int limit) {
        var rows = new HashMap<String, List<StoredEvent>>();
        versions.keySet().forEach(stream -> rows.put(stream, List.of()));
        rows.putAll(table.ofStreams(versions, limit).stream().collect(Collectors.groupingBy(StoredEvent::stream)));
        rows.values().removeIf(ofStream -> ofStream.size() == limit);
        var events = new HashMap<String, List<DomainEventMessage<?>>>();
        rows.forEach((stream, ofStream) -> events.put(stream, deserialize(ofStream)));
        return events;
    }

    private List<DomainEventMessage<?>> deserialize(List<StoredEvent> rows) {
        return EventStreamUtils.upcastAndDeserializeDomainEvents(rows.stream(), getEventSerializer(), upcasterChain)
                .asStream()
                .<DomainEventMessage<?>>map(event -> event)
                .toList();
    }

    @Override
    protected Stream<? extends TrackedEventData<?>> readEventData(@Nullable TrackingToken token, boolean mayBlock) {
        return pages(positionOf(token), after -> table.after(after, PAGE), StoredEvent::position);
    }

    /** The next page after the position, at most {@link #PAGE} rows. */
    public List<TrackedEventMessage<?>> page(long after) {
        return events(table.after(after, PAGE));
    }

    private LogTail.Batch batchAfter(long after) {
        var rows = table.after(after, PAGE);
        return new LogTail.Batch(events(rows), bytes(rows));
    }

    private List<TrackedEventMessage<?>> events(List<StoredEvent> rows) {
        return EventUtils.upcastAndDeserializeTrackedEvents(rows.stream(), getEventSerializer(), upcasterChain)
                .toList();
    }

    private static long bytes(List<StoredEvent> rows) {
        return rows.stream().mapToLong(StoredEvent::size).sum();
    }

    /** The event at a position as it was written. */
    public StoredEvent stored(long position) {
        return table.after(position - 1, 1).getFirst();
    }

    static long positionOf(@Nullable TrackingToken token) {
        return token == null ? -1 : token.position().orElse(-1);
    }

    private static Stream<StoredEvent> pages(
            long start, LongFunction<List<StoredEvent>> read, ToLongFunction<StoredEvent> next) {
        return StreamSupport.stream(new Pages(start, read, next), false);
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String stream) {
        var last = table.lastVersion(stream);
        return last.isPresent() ? Optional.of(last.getAsLong()) : Optional.empty();
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(-1);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(table.head());
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        var first = table.firstSince(time.atOffset(ZoneOffset.UTC));
        return first.isPresent() ? new GlobalSequenceTrackingToken(first.getAsLong() - 1) : createHeadToken();
    }
}
