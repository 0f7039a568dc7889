package orderplatform.eventstore.saga;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of sagas. The append writes them, with the events that changed them. */
class SagaTable {

    private final JdbcTemplate database;

    SagaTable(JdbcTemplate database) {
        this.database = database;
    }

    /** @param deadlines as JSON */
    record Row(String id, long version, String state, String deadlines) {}

    /**
     * A saga with a deadline.
     *
     * @param at time of the first
     */
    record Due(String id, String type, long version, Instant at) {}

    Optional<Row> find(String id) {
        return database
                .query(
                        "SELECT version, state, deadlines FROM event_log.saga WHERE saga_id = ?",
                        (row, number) -> new Row(id, row.getLong(1), row.getString(2), row.getString(3)),
                        id)
                .stream()
                .findFirst();
    }

    /** The next so many with a deadline until then, in the order in which they are due. */
    List<Due> dueUntil(Instant time, int atMost) {
        return database.query(
                "SELECT saga_id, type, version, due FROM event_log.saga WHERE due <= ? ORDER BY due LIMIT ?",
                (row, number) -> new Due(
                        row.getString(1),
                        row.getString(2),
                        row.getLong(3),
                        row.getTimestamp(4).toInstant()),
                time.atOffset(ZoneOffset.UTC),
                atMost);
    }

    /** Nobody looks for its deadlines before then. */
    void postpone(String id, Instant due) {
        database.update("UPDATE event_log.saga SET due = ? WHERE saga_id = ?", due.atOffset(ZoneOffset.UTC), id);
    }

    /** Moves its version: a node that has it in memory reads it again. */
    void touch(String id) {
        database.update("UPDATE event_log.saga SET version = version + 1 WHERE saga_id = ?", id);
    }
}
