package orderplatform.eventstore.saga;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import orderplatform.eventstore.commit.ReactionBatch.Reaction;
import orderplatform.eventstore.database.SqlArrays;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of sagas. The append writes them, with the events that changed them. */
class SagaTable {

    /** Sagas that nothing is parked of; its parameters are the names of their types and, in the same order, of their processors. */
    static final String NOT_PARKED = """
            FROM event_log.saga JOIN unnest(?, ?) AS known (type, processor) ON known.type = saga.type
            WHERE NOT EXISTS (SELECT 1 FROM event_log.parked
                              WHERE parked.processor = known.processor AND saga_id = saga.type || '-' || parked.sequence)
            """;

    private final JdbcTemplate database;

    SagaTable(JdbcTemplate database) {
        this.database = database;
    }

    /**
     * A saga as it is stored.
     *
     * @param deadlines as JSON
     */
    record Row(String id, String type, long version, String state, String deadlines) {}

    /**
     * What is stored of a saga.
     *
     * @param isParked whether its events wait, also if it could not even begin
     * @param row null if there is none
     */
    record Stored(boolean isParked, @Nullable Row row) {}

    /**
     * A saga whose deadlines have to be looked at.
     *
     * @param at time of the first, or before it
     */
    record Due(Row row, Instant at) {}

    Stored find(String id, Reaction reaction) {
        return Objects.requireNonNull(find(Map.of(id, reaction)).get(id));
    }

    /** By the ids of the sagas, whether or not there is a row. */
    Map<String, Stored> find(Map<String, Reaction> reactions) {
        var found = new HashMap<String, Stored>();
        database.query(
                """
                SELECT saga_id, type, version, state, deadlines, wanted.id,
                       EXISTS (SELECT 1 FROM event_log.parked
                               WHERE (parked.processor, parked.sequence) = (wanted.processor, wanted.sequence))
                FROM unnest(?, ?, ?) AS wanted (id, processor, sequence)
                LEFT JOIN event_log.saga ON saga_id = wanted.id""",
                row -> {
                    var stored = new Stored(row.getBoolean(7), row.getString(1) == null ? null : row(row));
                    found.put(row.getString(6), stored);
                },
                SqlArrays.of("text", reactions.entrySet(), Map.Entry::getKey),
                SqlArrays.of("text", reactions.values(), Reaction::processor),
                SqlArrays.of("text", reactions.values(), Reaction::sequence));
        return found;
    }

    private static Row row(ResultSet row) throws SQLException {
        return new Row(row.getString(1), row.getString(2), row.getLong(3), row.getString(4), row.getString(5));
    }

    /**
     * The sagas that may have a deadline until then, the first due first. The deadlines of a parked saga wait behind what is parked.
     *
     * @param processors by the types of their sagas
     */
    List<Due> dueUntil(Instant time, Map<String, String> processors, int atMost) {
        return database.query(
                """
                SELECT saga_id, saga.type, version, state, deadlines, due
                """ + NOT_PARKED + "AND due <= ? ORDER BY due LIMIT ?",
                (row, number) -> new Due(row(row), row.getTimestamp(6).toInstant()),
                SqlArrays.of("text", processors.entrySet(), Map.Entry::getKey),
                SqlArrays.of("text", processors.entrySet(), Map.Entry::getValue),
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
