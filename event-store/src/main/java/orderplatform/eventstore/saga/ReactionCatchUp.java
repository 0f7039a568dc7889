package orderplatform.eventstore.saga;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import javax.sql.DataSource;
import orderplatform.eventstore.commit.LaneCommandBus;
import orderplatform.eventstore.database.AdvisoryLock;
import orderplatform.eventstore.log.LogEventStore;
import orderplatform.eventstore.saga.SagaType.Concern;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reacts to the events that the version before had stored and not reacted to yet: its sagas followed the log, and no node
 * of it runs any more. Ends before this node takes its first request; every later event is reacted to in its own commit.
 */
final class ReactionCatchUp implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ReactionCatchUp.class);

    /** Before the server that takes requests. */
    private static final int PHASE = DEFAULT_PHASE - 4096;

    /** Names the lock of the node that catches up, in the database. */
    private static final long LOCK = 0x7265616374L;

    private static final int EVENTS_PER_LINE = 10_000;

    private final DataSource dataSource;
    private final JdbcTemplate database;
    private final Serializer serializer;
    private final SagaReactions reactions;
    private final LaneCommandBus lane;
    private final LogEventStore log;
    private volatile boolean running;

    ReactionCatchUp(
            DataSource dataSource,
            Serializer serializer,
            SagaReactions reactions,
            LaneCommandBus lane,
            LogEventStore log) {
        this.dataSource = dataSource;
        this.database = new JdbcTemplate(dataSource);
        this.serializer = serializer;
        this.reactions = reactions;
        this.lane = lane;
        this.log = log;
    }

    @Override
    public void start() {
        for (var sagas : reactions.all()) {
            if (!positions(sagas.getName()).isEmpty()) {
                catchUpAlone(sagas);
            }
        }
        running = true;
    }

    /** Of several nodes that start, the others wait, and find it done. */
    private void catchUpAlone(ReactingSagas sagas) {
        AdvisoryLock.run(dataSource, LOCK, () -> {
            leaveSegments(sagas.getName());
            catchUp(sagas);
            database.update("DELETE FROM event_log.token WHERE processor_name = ?", sagas.getName());
        });
    }

    /** What is parked is parked once, not by segment. */
    private void leaveSegments(String name) {
        database.update("""
                UPDATE event_log.parked SET segment = 0 WHERE processor = ? AND segment <> 0 AND NOT EXISTS (
                    SELECT 1 FROM event_log.parked AS other
                    WHERE (other.processor, other.segment, other.sequence) = (parked.processor, 0, parked.sequence))""", name);
    }

    private void catchUp(ReactingSagas sagas) {
        var positions = positions(sagas.getName());
        var first = positions.values().stream().mapToLong(it -> it).min().orElse(-1);
        var head = log.createHeadToken().position().orElse(-1);
        LOG.info("{} reacts to what is new between position {} and {}", sagas.getName(), first, head);
        try (var events = log.openStream(new GlobalSequenceTrackingToken(first))) {
            for (var position = first; position < head; ) {
                var event = events.nextAvailable();
                long found = event.trackingToken().position().orElseThrow();
                sagas.type().concern(event).ifPresent(concern -> catchUp(sagas, concern, found, positions));
                position = found;
                if (position % EVENTS_PER_LINE == 0) {
                    LOG.info("{} has reacted up to position {} of {}", sagas.getName(), position, head);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The node is stopping", stopped);
        }
    }

    private void catchUp(ReactingSagas sagas, Concern concern, long position, Map<Segment, Long> positions) {
        var ofSegment = positions.entrySet().stream()
                .filter(it -> concern.isIn(it.getKey()))
                .findFirst()
                .orElseThrow();
        if (position > ofSegment.getValue()) {
            react(sagas, concern, position, ofSegment.getKey());
        }
    }

    private void react(ReactingSagas sagas, Concern concern, long position, Segment segment) {
        try {
            lane.react("event %d".formatted(position), batch -> {
                        reactions.react(sagas, concern, batch);
                        batch.alsoWrite(() -> store(sagas.getName(), segment, position));
                    })
                    .get();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The node is stopping", stopped);
        } catch (ExecutionException failed) {
            throw new IllegalStateException("No reaction to the event at position " + position, failed);
        }
    }

    /** A node that is killed meanwhile does not do it again. */
    private void store(String name, Segment segment, long position) {
        var token = serializer.serialize(new GlobalSequenceTrackingToken(position), byte[].class);
        database.update(
                "UPDATE event_log.token SET token = ?, token_type = ? WHERE processor_name = ? AND segment = ?",
                token.getData(),
                token.getType().getName(),
                name,
                segment.getSegmentId());
    }

    /** How far each segment of the version before got. */
    private Map<Segment, Long> positions(String name) {
        var bySegment = new HashMap<Integer, Long>();
        database.query(
                "SELECT segment, token, token_type FROM event_log.token WHERE processor_name = ?",
                row -> {
                    var token = row.getBytes(2);
                    TrackingToken position = token == null
                            ? null
                            : serializer.deserialize(
                                    new SimpleSerializedObject<>(token, byte[].class, row.getString(3), null));
                    bySegment.put(
                            row.getInt(1),
                            position == null ? -1 : position.position().orElse(-1));
                },
                name);
        var ids = bySegment.keySet().stream().mapToInt(it -> it).toArray();
        var positions = new HashMap<Segment, Long>();
        bySegment.forEach((id, position) -> positions.put(Segment.computeSegment(id, ids), position));
        return positions;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
