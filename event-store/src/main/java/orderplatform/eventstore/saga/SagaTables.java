package orderplatform.eventstore.saga;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import orderplatform.eventstore.log.SqlArrays;
import org.axonframework.modelling.saga.AssociationValue;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** The statements on the tables of sagas and deadlines. What writes joins the transaction of the thread. */
class SagaTables {

    private final JdbcTemplate database;

    /** On connections of its own: a batch must not hold one while it waits for the commands that its sagas send. */
    private final JdbcTemplate reads;

    SagaTables(DataSource dataSource) {
        this.database = new JdbcTemplate(dataSource);
        this.reads = new JdbcTemplate(new DelegatingDataSource(dataSource));
    }

    /** @param version counts what was written of the saga, from 0 */
    record SagaRow(String id, String type, long version, String state) {}

    record Association(String type, String key, String value, String sagaId) {

        Association(String type, AssociationValue value, String sagaId) {
            this(type, value.getKey(), value.getValue(), sagaId);
        }

        AssociationValue asValue() {
            return new AssociationValue(key, value);
        }
    }

    record Due(UUID id, Instant at) {}

    /** Those of one type of saga that have one of the values. */
    List<Association> associations(String type, Collection<AssociationValue> values) {
        return reads.query(
                """
                SELECT association.type, association.key, association.value, association.saga_id
                FROM unnest(?::text[], ?::text[]) AS wanted (key, value)
                JOIN event_log.saga_association AS association
                  ON association.type = ? AND association.key = wanted.key AND association.value = wanted.value""",
                SagaTables::association,
                SqlArrays.of("text", values, AssociationValue::getKey),
                SqlArrays.of("text", values, AssociationValue::getValue),
                type);
    }

    /** All values of each saga that has any. */
    Map<String, Set<AssociationValue>> associationsOf(Set<String> sagaIds) {
        var bySaga = new HashMap<String, Set<AssociationValue>>();
        reads.query(
                        "SELECT type, key, value, saga_id FROM event_log.saga_association WHERE saga_id = ANY (?)",
                        SagaTables::association,
                        SqlArrays.texts(sagaIds))
                .forEach(found -> bySaga.computeIfAbsent(found.sagaId(), id -> new HashSet<>())
                        .add(found.asValue()));
        return bySaga;
    }

    private static Association association(ResultSet row, int number) throws SQLException {
        return new Association(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
    }

    List<SagaRow> sagas(Set<String> sagaIds) {
        return reads.query(
                "SELECT saga_id, type, version, state FROM event_log.saga WHERE saga_id = ANY (?)",
                (row, number) -> new SagaRow(row.getString(1), row.getString(2), row.getLong(3), row.getString(4)),
                SqlArrays.texts(sagaIds));
    }

    void insert(List<SagaRow> sagas) {
        database.update(
                """
                INSERT INTO event_log.saga (saga_id, type, version, state)
                SELECT id, type, 0, state::json FROM unnest(?::text[], ?::text[], ?::text[]) AS given (id, type, state)""",
                SqlArrays.of("text", sagas, SagaRow::id),
                SqlArrays.of("text", sagas, SagaRow::type),
                SqlArrays.of("text", sagas, SagaRow::state));
    }

    /** Number of those that were at their version; each is one on. */
    int update(List<SagaRow> sagas) {
        return database.update(
                """
                UPDATE event_log.saga AS saga SET state = given.state::json, version = saga.version + 1
                FROM unnest(?::text[], ?::bigint[], ?::text[]) AS given (id, version, state)
                WHERE saga.saga_id = given.id AND saga.version = given.version""",
                SqlArrays.of("text", sagas, SagaRow::id),
                SqlArrays.of("int8", sagas, SagaRow::version),
                SqlArrays.of("text", sagas, SagaRow::state));
    }

    /** Moves the versions of the sagas of the value: a node that has one of them in memory reads it again. */
    void touch(String type, AssociationValue value) {
        database.update("""
                UPDATE event_log.saga SET version = version + 1 WHERE saga_id IN (
                    SELECT saga_id FROM event_log.saga_association WHERE type = ? AND key = ? AND value = ?)""", type, value.getKey(), value.getValue());
    }

    /** Number of those that were at their version; their associations go with them. */
    int delete(Collection<LiveSaga> sagas) {
        var deleted = database.update(
                """
                DELETE FROM event_log.saga AS saga USING unnest(?::text[], ?::bigint[]) AS given (id, version)
                WHERE saga.saga_id = given.id AND saga.version = given.version""", SqlArrays.of("text", sagas, LiveSaga::id), SqlArrays.of("int8", sagas, LiveSaga::version));
        database.update(
                "DELETE FROM event_log.saga_association WHERE saga_id = ANY (?)",
                SqlArrays.of("text", sagas, LiveSaga::id));
        return deleted;
    }

    void associate(Collection<Association> associations) {
        database.update("""
                INSERT INTO event_log.saga_association (type, key, value, saga_id)
                SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) ON CONFLICT DO NOTHING""", columns(associations));
    }

    void dissociate(Collection<Association> associations) {
        database.update("""
                DELETE FROM event_log.saga_association AS known
                USING unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS given (type, key, value, id)
                WHERE (known.type, known.key, known.value, known.saga_id) = (given.type, given.key, given.value, given.id)""", columns(associations));
    }

    private static Object[] columns(Collection<Association> rows) {
        return new Object[] {
            SqlArrays.of("text", rows, Association::type),
            SqlArrays.of("text", rows, Association::key),
            SqlArrays.of("text", rows, Association::value),
            SqlArrays.of("text", rows, Association::sagaId)
        };
    }

    Optional<DeadlineRow> deadline(UUID id) {
        return reads.query("SELECT * FROM event_log.deadline WHERE deadline_id = ?", DeadlineRow::of, id).stream()
                .findFirst();
    }

    /** The next so many that are due until then, in the order in which they are. */
    List<Due> dueUntil(Instant time, int atMost) {
        return database.query(
                "SELECT deadline_id, due FROM event_log.deadline WHERE due <= ? ORDER BY due LIMIT ?",
                (row, number) -> new Due(
                        row.getObject(1, UUID.class), row.getTimestamp(2).toInstant()),
                time.atOffset(ZoneOffset.UTC),
                atMost);
    }

    void insertDeadlines(Collection<DeadlineRow> deadlines) {
        DeadlineRow.insert(database, deadlines);
    }

    void postpone(UUID deadline, Instant due) {
        database.update(
                "UPDATE event_log.deadline SET due = ? WHERE deadline_id = ?", due.atOffset(ZoneOffset.UTC), deadline);
    }

    /** Number of those that were still there. */
    int deleteDeadlines(Set<UUID> ids) {
        return database.update(
                "DELETE FROM event_log.deadline WHERE deadline_id = ANY (?)", SqlArrays.of("uuid", ids, id -> id));
    }

    void deleteDeadlines(String name) {
        database.update("DELETE FROM event_log.deadline WHERE name = ?", name);
    }

    void deleteDeadlines(String name, String scope) {
        database.update("DELETE FROM event_log.deadline WHERE name = ? AND scope::text = ?", name, scope);
    }
}
