package orderplatform.eventstore.log;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import orderplatform.eventstore.database.BoundedPage;
import orderplatform.eventstore.database.SqlArrays;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.SqlArrayValue;

/** The statements on the tables of the log. Appends join the transaction of the thread. */
public class LogTable {

    public static final String SCHEMA = "event_log";

    static final String COLUMNS =
            "position, stream, version, event_id, event_type, revision, stream_type, recorded_at, payload, metadata";

    /** Ends a transaction whose node was paused or cut off, so that its lock at the tail does not stop all other nodes. */
    static final Duration IDLE_IN_TRANSACTION_TIMEOUT = Duration.ofSeconds(5);

    private static final String APPEND =
            "SELECT first_position, conflicts, lock_wait_micros FROM event_log.append(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?),"
                    + " set_config('idle_in_transaction_session_timeout', '%d', true)"
                            .formatted(IDLE_IN_TRANSACTION_TIMEOUT.toMillis());
    /** Of payloads that are read at once, give or take the last one. */
    static final long PAGE_BYTES = 1 << 20;

    private static final String AFTER = BoundedPage.sql(
            "SELECT " + COLUMNS + " FROM event_log.event WHERE position > ? ORDER BY position LIMIT ?",
            "payload",
            "position",
            PAGE_BYTES);

    private static final String OF_STREAM = BoundedPage.sql(
            "SELECT " + COLUMNS + " FROM event_log.event WHERE stream = ? AND version >= ? ORDER BY version LIMIT ?",
            "payload",
            "version",
            PAGE_BYTES);

    private static final String OF_STREAMS =
            "SELECT of_stream.* FROM unnest(?, ?) AS known (stream, version), LATERAL (SELECT "
                    + COLUMNS
                    + " FROM event_log.event WHERE event.stream = known.stream AND event.version > known.version"
                    + " ORDER BY version LIMIT ?) AS of_stream ORDER BY of_stream.stream, of_stream.version";

    private final JdbcTemplate database;
    private final String node;

    public LogTable(JdbcTemplate database, String node) {
        this.database = database;
        this.node = node;
    }

    /**
     * What became of an append.
     *
     * @param firstPosition of the batch, if it was appended
     * @param conflicts streams that were elsewhere appended to, and sagas that were elsewhere changed; nothing is appended
     *     then
     * @param lockWaitMicros for the lock at the tail
     */
    record Appended(long firstPosition, Set<String> conflicts, long lockWaitMicros) {}

    /**
     * @param expected last version of each stream that the events were decided on; -1 for none
     * @param sagas written with the events
     */
    Appended append(List<StoredEvent> events, Map<String, Long> expected, List<SagaChange> sagas) {
        var appended = database.queryForObject(
                APPEND,
                (row, number) -> new Appended(row.getLong(1), texts(row.getArray(2)), row.getLong(3)),
                streams(expected),
                versions(expected),
                SqlArrays.of("text", sagas, SagaChange::id),
                SqlArrays.of("text", sagas, SagaChange::type),
                SqlArrays.of("int8", sagas, SagaChange::expected),
                SqlArrays.of("int8", sagas, SagaChange::version),
                SqlArrays.of("text", sagas, SagaChange::state),
                SqlArrays.of("text", sagas, SagaChange::deadlines),
                SqlArrays.of("timestamptz", sagas, LogTable::due),
                SqlArrays.of("text", events, StoredEvent::stream),
                SqlArrays.of("int8", events, StoredEvent::version),
                SqlArrays.of("uuid", events, StoredEvent::id),
                SqlArrays.of("text", events, StoredEvent::type),
                SqlArrays.of("text", events, StoredEvent::revision),
                SqlArrays.of("text", events, StoredEvent::streamType),
                SqlArrays.of("timestamptz", events, LogTable::time),
                SqlArrays.of("text", events, StoredEvent::payload),
                SqlArrays.of("text", events, StoredEvent::metadata),
                EventDigest.of(events),
                node);
        return Objects.requireNonNull(appended);
    }

    /** Those of the streams whose last version is another one. */
    Set<String> stale(Map<String, Long> expected) {
        return Set.copyOf(database.query(
                "SELECT * FROM event_log.stale(?, ?)",
                (row, number) -> row.getString(1),
                streams(expected),
                versions(expected)));
    }

    /**
     * Whether the event is in the log for good. Waits for the transaction that appends it, if that is still under way
     * without its client, because it holds the lock at the tail. Needs a transaction of its own.
     */
    boolean isCommitted(StoredEvent event) {
        database.queryForObject("SELECT position FROM event_log.tail FOR UPDATE", Long.class);
        return database.queryForList(
                        "SELECT event_id FROM event_log.event WHERE stream = ? AND version = ?",
                        UUID.class,
                        event.stream(),
                        event.version())
                .contains(event.id());
    }

    public List<StoredEvent> after(long position, int limit) {
        return database.query(AFTER, LogTable::event, position, limit);
    }

    List<StoredEvent> ofStream(String stream, long fromVersion, int limit) {
        return database.query(OF_STREAM, LogTable::event, stream, fromVersion, limit);
    }

    /** Events of each stream after its version, in the order of their versions, up to a limit for each. */
    List<StoredEvent> ofStreams(Map<String, Long> versions, int limitOfEach) {
        return database.query(OF_STREAMS, LogTable::event, streams(versions), versions(versions), limitOfEach);
    }

    OptionalLong lastVersion(String stream) {
        return optional("SELECT version FROM event_log.event WHERE stream = ? ORDER BY version DESC LIMIT 1", stream);
    }

    OptionalLong positionOf(String stream, long version) {
        return optional("SELECT position FROM event_log.event WHERE stream = ? AND version = ?", stream, version);
    }

    /** Position of the last event; -1 for an empty log. */
    public long head() {
        return optional("SELECT position FROM event_log.tail").orElseThrow();
    }

    /** Position of the first event at or after the time; none if the log ends before it. */
    OptionalLong firstSince(OffsetDateTime time) {
        return optional("SELECT min(position) FROM event_log.event WHERE recorded_at >= ?", time);
    }

    private OptionalLong optional(String sql, Object... parameters) {
        var found = DataAccessUtils.singleResult(database.queryForList(sql, Long.class, parameters));
        return found == null ? OptionalLong.empty() : OptionalLong.of(found);
    }

    private static SqlArrayValue streams(Map<String, Long> expected) {
        return SqlArrays.of("text", expected.entrySet(), Map.Entry::getKey);
    }

    private static SqlArrayValue versions(Map<String, Long> expected) {
        return SqlArrays.of("int8", expected.entrySet(), Map.Entry::getValue);
    }

    private static OffsetDateTime time(StoredEvent event) {
        return event.recordedAt().atOffset(ZoneOffset.UTC);
    }

    private static @Nullable OffsetDateTime due(SagaChange saga) {
        return saga.due() == null ? null : saga.due().atOffset(ZoneOffset.UTC);
    }

    private static Set<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? Set.of() : Set.of((String[]) array.getArray());
    }

    static StoredEvent event(ResultSet row, int number) throws SQLException {
        return new StoredEvent(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getObject(4, UUID.class),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getTimestamp(8).toInstant(),
                row.getString(9),
                row.getString(10));
    }
}
