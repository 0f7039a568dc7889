package orderplatform.eventstore.saga;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.saga.AssociationValue;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the sagas of one batch of events change, written by a few statements when the last of them is done. Saga rows,
 * associations and deadlines go with the reader's token: all or none.
 */
final class SagaWrites {

    private static final String RESOURCE = SagaWrites.class.getName();

    private final JdbcTemplate database;
    private final Map<String, Row> inserts = new LinkedHashMap<>();
    private final Map<String, Row> updates = new LinkedHashMap<>();
    private final Set<String> deletes = new HashSet<>();
    private final Set<Association> associations = new HashSet<>();
    private final Set<Association> dissociations = new HashSet<>();
    private final Map<UUID, DeadlineRow> deadlines = new LinkedHashMap<>();
    private final Set<UUID> cancelled = new HashSet<>();

    private SagaWrites(JdbcTemplate database) {
        this.database = database;
    }

    /** @param version that the row has to have, for an update */
    private record Row(String sagaId, String type, long version, String state) {}

    private record Association(String type, String key, String value, String sagaId) {

        Association(String type, AssociationValue value, String sagaId) {
            this(type, value.getKey(), value.getValue(), sagaId);
        }
    }

    /**
     * Those of the current unit of work. Of a batch they are written with its last event, which {@link #writeLast} sees
     * to; of anything else, as the last thing before it commits.
     */
    static SagaWrites current(JdbcTemplate database) {
        var work = CurrentUnitOfWork.get();
        return work.root().getOrComputeResource(RESOURCE, key -> {
            var writes = new SagaWrites(database);
            if (!(work.root() instanceof BatchingUnitOfWork<?>)) {
                writeAfterAllOthers(work.root());
            }
            return writes;
        });
    }

    /** Called for every event of a batch before it is handled. */
    static void writeLast(UnitOfWork<?> work) {
        if (work instanceof BatchingUnitOfWork<?> batch && batch.isLastMessage()) {
            writeAfterAllOthers(batch);
        }
    }

    /** What is registered while handlers run comes after those that were registered before. */
    private static void writeAfterAllOthers(UnitOfWork<?> work) {
        work.onPrepareCommit(preparing -> preparing.onPrepareCommit(last -> {
            SagaWrites writes = last.getResource(RESOURCE);
            if (writes != null) {
                writes.write();
            }
        }));
    }

    void insert(String type, String sagaId, String state) {
        inserts.put(sagaId, new Row(sagaId, type, 0, state));
    }

    void update(String type, String sagaId, long version, String state) {
        updates.put(sagaId, new Row(sagaId, type, version, state));
    }

    void delete(String sagaId) {
        deletes.add(sagaId);
    }

    void associate(String type, String sagaId, Collection<AssociationValue> values) {
        values.forEach(value -> associations.add(new Association(type, value, sagaId)));
    }

    void dissociate(String type, String sagaId, Collection<AssociationValue> values) {
        values.forEach(value -> dissociations.add(new Association(type, value, sagaId)));
    }

    void schedule(DeadlineRow deadline) {
        deadlines.put(deadline.id(), deadline);
    }

    void cancel(UUID deadline) {
        if (deadlines.remove(deadline) == null) {
            cancelled.add(deadline);
        }
    }

    private void write() {
        updates.keySet().removeAll(deletes);
        writeSagas();
        writeAssociations();
        if (!deadlines.isEmpty()) {
            DeadlineRow.insert(database, deadlines.values());
        }
        if (!cancelled.isEmpty()) {
            execute("DELETE FROM event_log.deadline WHERE deadline_id = ANY (?)", uuids(cancelled));
        }
    }

    private void writeSagas() {
        if (!inserts.isEmpty()) {
            execute(
                    "INSERT INTO event_log.saga (saga_id, type, version, state) SELECT id, type, 0, state::json FROM unnest(?::text[], ?::text[], ?::text[]) AS given (id, type, state)",
                    texts(inserts.values(), Row::sagaId),
                    texts(inserts.values(), Row::type),
                    texts(inserts.values(), Row::state));
        }
        if (!updates.isEmpty()) {
            var written = execute(
                    "UPDATE event_log.saga AS saga SET state = given.state::json, version = saga.version + 1 FROM unnest(?::text[], ?::bigint[], ?::text[]) AS given (id, version, state) WHERE saga.saga_id = given.id AND saga.version = given.version",
                    texts(updates.values(), Row::sagaId),
                    column("int8", updates.values(), Row::version),
                    texts(updates.values(), Row::state));
            if (written != updates.size()) {
                throw new ConcurrencyException(
                        "%d of %d sagas were changed elsewhere".formatted(updates.size() - written, updates.size()));
            }
        }
        if (!deletes.isEmpty()) {
            execute("DELETE FROM event_log.saga WHERE saga_id = ANY (?)", texts(deletes, id -> id));
            execute("DELETE FROM event_log.saga_association WHERE saga_id = ANY (?)", texts(deletes, id -> id));
        }
    }

    private void writeAssociations() {
        associations.removeIf(association -> deletes.contains(association.sagaId()));
        if (!dissociations.isEmpty()) {
            execute(
                    "DELETE FROM event_log.saga_association AS known USING unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS given (type, key, value, id) WHERE (known.type, known.key, known.value, known.saga_id) = (given.type, given.key, given.value, given.id)",
                    columns(dissociations));
        }
        if (!associations.isEmpty()) {
            execute(
                    "INSERT INTO event_log.saga_association (type, key, value, saga_id) SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) ON CONFLICT DO NOTHING",
                    columns(associations));
        }
    }

    private static Column[] columns(Collection<Association> rows) {
        return new Column[] {
            texts(rows, Association::type),
            texts(rows, Association::key),
            texts(rows, Association::value),
            texts(rows, Association::sagaId)
        };
    }

    /** An array parameter. */
    record Column(String type, Object[] values) {

        Array in(Connection connection) throws SQLException {
            return connection.createArrayOf(type, values);
        }
    }

    private static <T> Column texts(Collection<T> rows, Function<T, Object> value) {
        return column("text", rows, value);
    }

    private static Column uuids(Collection<UUID> ids) {
        return column("uuid", ids, id -> id);
    }

    static <T> Column column(String type, Collection<T> rows, Function<T, Object> value) {
        return new Column(type, rows.stream().map(value).toArray());
    }

    private int execute(String sql, Column... columns) {
        return execute(database, sql, List.of(columns));
    }

    static int execute(JdbcTemplate database, String sql, List<Column> columns) {
        return database.update(sql, statement -> {
            for (int i = 0; i < columns.size(); i++) {
                statement.setArray(i + 1, columns.get(i).in(statement.getConnection()));
            }
        });
    }
}
