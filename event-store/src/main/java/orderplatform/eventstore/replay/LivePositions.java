package orderplatform.eventstore.replay;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.sql.DataSource;
import orderplatform.eventstore.replay.Comparison.Content;
import org.axonframework.common.DateTimeUtils;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.AbstractTokenEntry;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far the live generation of a projection is, which one segment keeps up to date. */
class LivePositions {

    private static final String SELECT =
            "SELECT token, token_type FROM event_log.token WHERE processor_name = ? AND segment = 0";

    /** In one statement: the token is written with the rows. */
    private static final String CONTENT = """
            SELECT token, token_type, content.*
            FROM event_log.token, (%s) AS content WHERE processor_name = ? AND segment = 0""";

    /** The rows at a position. */
    record Snapshot(long position, Content content) {}

    private final JdbcTemplate database;
    private final Serializer serializer;

    LivePositions(DataSource dataSource, Serializer serializer) {
        this.database = new JdbcTemplate(dataSource);
        this.serializer = serializer;
    }

    /** -1 before the first event. */
    long of(String projection) {
        return query(SELECT, projection);
    }

    /** The same, and it stays so until the transaction ends. */
    long locked(String projection) {
        return query(SELECT + " FOR UPDATE", projection);
    }

    /** What is in the live table now; nothing if no node ever followed the log for it. */
    Optional<Snapshot> content(String projection, String table) {
        return database
                .query(
                        CONTENT.formatted(GenerationTables.content(table)),
                        (row, number) -> new Snapshot(
                                position(row.getBytes(1), row.getString(2)),
                                new Content(row.getLong(3), row.getString(4))),
                        projection)
                .stream()
                .findFirst();
    }

    private long query(String sql, String projection) {
        return database.query(sql, (row, number) -> position(row.getBytes(1), row.getString(2)), projection).stream()
                .findFirst()
                .orElse(-1L);
    }

    private long position(byte[] token, String type) {
        TrackingToken read = serializer.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
        return read == null ? -1 : read.position().orElse(-1);
    }

    /**
     * Moves the position of the live generation's reader. If a node runs the reader, our claim takes the segment from it, and its
     * open transaction fails. Our claim has one heartbeat only, so it expires.
     */
    void move(String projection, long position) {
        var token = serializer.serialize(new GlobalSequenceTrackingToken(position), String.class);
        database.update(
                """
                INSERT INTO event_log.token AS held (processor_name, segment, token, token_type, timestamp) VALUES (?, 0, ?, ?, ?)
                ON CONFLICT (processor_name, segment) DO UPDATE SET token = excluded.token, token_type = excluded.token_type,
                    timestamp = excluded.timestamp, owner = CASE WHEN held.owner IS NOT NULL THEN 'replay' END""",
                projection,
                token.getData().getBytes(StandardCharsets.UTF_8),
                token.getType().getName(),
                DateTimeUtils.formatInstant(AbstractTokenEntry.clock.instant()));
    }
}
