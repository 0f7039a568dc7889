package orderplatform.eventstore.replay;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import orderplatform.eventstore.database.SqlArrays;
import orderplatform.eventstore.log.Node;
import orderplatform.eventstore.projection.Projection;
import orderplatform.eventstore.replay.Comparison.Content;
import orderplatform.eventstore.replay.Replay.Failure;
import orderplatform.eventstore.replay.Replay.State;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The replays as all nodes see them. A node that works on one signs for it; one that no node signs for is taken over. */
class ReplayTable {

    private final JdbcTemplate database;
    private final String node;

    ReplayTable(DataSource dataSource, Node node) {
        this.database = new JdbcTemplate(dataSource);
        this.node = node.name();
    }

    /** Empty if one of the projection is under way. */
    Optional<Replay> begin(String projection, int version, @Nullable Long until, long target) {
        var id = UUID.randomUUID();
        try {
            database.update("""
                    INSERT INTO event_log.replay (replay_id, projection, version, until, state, position, target,
                        events_per_second, started_at, node, signed_at)
                    VALUES (?, ?, ?, ?, 'RUNNING', -1, ?, 0, now(), ?, now())""", id, projection, version, until, target, node);
        } catch (DuplicateKeyException underWay) {
            return Optional.empty();
        }
        return find(projection, id);
    }

    Optional<Replay> find(String projection, UUID id) {
        return database
                .query(
                        "SELECT * FROM event_log.replay WHERE projection = ? AND replay_id = ?",
                        ReplayTable::replay,
                        projection,
                        id)
                .stream()
                .findFirst();
    }

    /** The last one that began of each projection. */
    List<Replay> latest(Collection<String> projections) {
        return database.query("""
                SELECT DISTINCT ON (projection) * FROM event_log.replay WHERE projection = ANY (?)
                ORDER BY projection, started_at DESC""", ReplayTable::replay, SqlArrays.texts(projections));
    }

    /** Whether it is the last one of its projection that began there. */
    boolean isInSandbox(Replay replay) {
        return database.queryForList("""
                        SELECT replay_id FROM event_log.replay WHERE projection = ? AND until IS NOT NULL
                        ORDER BY started_at DESC LIMIT 1""", UUID.class, replay.projection()).contains(replay.id());
    }

    List<Replay> underWay() {
        return database.query("SELECT * FROM event_log.replay WHERE finished_at IS NULL", ReplayTable::replay);
    }

    /**
     * Claims the orphaned replays of these projections' versions for this node. A node in the middle of a heartbeat's transaction
     * is alive.
     *
     * @param silence without a heartbeat, after which a replay is orphaned
     */
    List<Replay> takeOver(Collection<Projection> projections, Duration silence) {
        return database.query(
                """
                UPDATE event_log.replay SET node = ?, signed_at = clock_timestamp()
                WHERE replay_id IN (
                    SELECT replay_id FROM event_log.replay
                    WHERE finished_at IS NULL AND (projection, version) IN (SELECT * FROM unnest(?::text[], ?::integer[]))
                        AND signed_at < clock_timestamp() - make_interval(secs => ?)
                    FOR UPDATE SKIP LOCKED)
                RETURNING *""",
                ReplayTable::replay,
                node,
                SqlArrays.of("text", projections, Projection::name),
                SqlArrays.of("int4", projections, Projection::version),
                silence.toMillis() / 1_000.0);
    }

    /** Signs, and keeps others from taking over before the transaction ends. Empty if that has happened. */
    Optional<State> sign(Replay replay, long position, long target, long eventsPerSecond) {
        return database
                .query(
                        """
                        UPDATE event_log.replay SET position = ?, target = ?, events_per_second = ?, signed_at = clock_timestamp()
                        WHERE replay_id = ? AND node = ? AND finished_at IS NULL RETURNING state""",
                        (row, number) -> State.valueOf(row.getString(1)),
                        position,
                        target,
                        eventsPerSecond,
                        replay.id(),
                        node)
                .stream()
                .findFirst();
    }

    void compared(Replay replay, Comparison comparison) {
        database.update(
                """
                UPDATE event_log.replay SET compared_at = ?, rows = ?, checksum = ?, live_rows = ?, live_checksum = ?
                WHERE replay_id = ?""",
                comparison.position(),
                comparison.built().rows(),
                comparison.built().checksum(),
                comparison.live().rows(),
                comparison.live().checksum(),
                replay.id());
    }

    void finish(Replay replay, State state, @Nullable Failure failure) {
        database.update(
                """
                UPDATE event_log.replay
                SET state = ?, finished_at = now(), failed_position = ?, failed_type = ?, cause = ?
                WHERE replay_id = ? AND node = ? AND finished_at IS NULL""",
                state.name(),
                failure == null ? null : failure.position(),
                failure == null ? null : failure.type(),
                failure == null ? null : failure.cause(),
                replay.id(),
                node);
    }

    /** Whether the replay was still under way. Its node learns of it when it signs. */
    boolean ask(Replay replay, State wanted) {
        return database.update(
                        "UPDATE event_log.replay SET state = ? WHERE replay_id = ? AND finished_at IS NULL AND state <> 'CANCELLED'",
                        wanted.name(),
                        replay.id())
                > 0;
    }

    private static Replay replay(ResultSet row, int number) throws SQLException {
        var finished = row.getTimestamp("finished_at");
        return new Replay(
                row.getObject("replay_id", UUID.class),
                row.getString("projection"),
                row.getInt("version"),
                row.getObject("until", Long.class),
                State.valueOf(row.getString("state")),
                row.getLong("position"),
                row.getLong("target"),
                row.getLong("events_per_second"),
                row.getTimestamp("started_at").toInstant(),
                Optional.ofNullable(finished).map(Timestamp::toInstant).orElse(null),
                failure(row),
                comparison(row));
    }

    private static @Nullable Comparison comparison(ResultSet row) throws SQLException {
        var position = row.getObject("compared_at", Long.class);
        return position == null
                ? null
                : new Comparison(
                        position,
                        new Content(row.getLong("rows"), row.getString("checksum")),
                        new Content(row.getLong("live_rows"), row.getString("live_checksum")));
    }

    private static @Nullable Failure failure(ResultSet row) throws SQLException {
        var cause = row.getString("cause");
        return cause == null
                ? null
                : new Failure(row.getObject("failed_position", Long.class), row.getString("failed_type"), cause);
    }
}
