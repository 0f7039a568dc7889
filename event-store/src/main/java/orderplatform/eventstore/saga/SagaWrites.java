package orderplatform.eventstore.saga;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import orderplatform.eventstore.log.SqlArrays;
import orderplatform.eventstore.reader.BatchEnd;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.saga.AssociationValue;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the sagas of one batch of events change, written by a few statements when the last of them is done. Saga rows,
 * associations and deadlines go with the reader's token: all or none.
 */
final class SagaWrites implements Runnable {

    private final JdbcTemplate database;
    private final Map<String, Row> inserts = new LinkedHashMap<>();
    private final Map<String, Row> updates = new LinkedHashMap<>();
    private final Set<String> deletes = new HashSet<>();
    private final Set<Association> associations = new HashSet<>();
    private final Set<Association> dissociations = new HashSet<>();
    private final Map<UUID, DeadlineRow> deadlines = new LinkedHashMap<>();
    private final Set<UUID> cancelled = new HashSet<>();
    private @Nullable UUID fired;

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

    /** Those of the current unit of work, written with its reader's token. */
    static SagaWrites current(JdbcTemplate database) {
        return BatchEnd.writer(CurrentUnitOfWork.get(), SagaWrites.class, () -> new SagaWrites(database));
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

    /** The deadline goes off with these writes; it must still be there when they are written. */
    void fire(UUID deadline) {
        fired = deadline;
    }

    /** Whether a deadline goes off that was cancelled in the meantime; it does not, then. */
    boolean firesWhatIsCancelled(JdbcTemplate reads) {
        if (fired != null
                && reads.queryForList("SELECT 1 FROM event_log.deadline WHERE deadline_id = ?", fired)
                        .isEmpty()) {
            fired = null;
            return true;
        }
        return false;
    }

    @Override
    public void run() {
        updates.keySet().removeAll(deletes);
        writeSagas();
        writeAssociations();
        if (!deadlines.isEmpty()) {
            DeadlineRow.insert(database, deadlines.values());
        }
        if (fired != null && deleteDeadlines(Set.of(fired)) == 0) {
            throw new ConcurrencyException("Deadline %s was cancelled or went off elsewhere".formatted(fired));
        }
        if (!cancelled.isEmpty()) {
            deleteDeadlines(cancelled);
        }
    }

    private int deleteDeadlines(Set<UUID> ids) {
        return database.update(
                "DELETE FROM event_log.deadline WHERE deadline_id = ANY (?)", SqlArrays.of("uuid", ids, id -> id));
    }

    private void writeSagas() {
        if (!inserts.isEmpty()) {
            database.update(
                    "INSERT INTO event_log.saga (saga_id, type, version, state) SELECT id, type, 0, state::json FROM unnest(?::text[], ?::text[], ?::text[]) AS given (id, type, state)",
                    SqlArrays.of("text", inserts.values(), Row::sagaId),
                    SqlArrays.of("text", inserts.values(), Row::type),
                    SqlArrays.of("text", inserts.values(), Row::state));
        }
        if (!updates.isEmpty()) {
            var written = database.update(
                    "UPDATE event_log.saga AS saga SET state = given.state::json, version = saga.version + 1 FROM unnest(?::text[], ?::bigint[], ?::text[]) AS given (id, version, state) WHERE saga.saga_id = given.id AND saga.version = given.version",
                    SqlArrays.of("text", updates.values(), Row::sagaId),
                    SqlArrays.of("int8", updates.values(), Row::version),
                    SqlArrays.of("text", updates.values(), Row::state));
            if (written != updates.size()) {
                throw new ConcurrencyException(
                        "%d of %d sagas were changed elsewhere".formatted(updates.size() - written, updates.size()));
            }
        }
        if (!deletes.isEmpty()) {
            database.update("DELETE FROM event_log.saga WHERE saga_id = ANY (?)", SqlArrays.texts(deletes));
            database.update("DELETE FROM event_log.saga_association WHERE saga_id = ANY (?)", SqlArrays.texts(deletes));
        }
    }

    private void writeAssociations() {
        associations.removeIf(association -> deletes.contains(association.sagaId()));
        if (!dissociations.isEmpty()) {
            database.update(
                    "DELETE FROM event_log.saga_association AS known USING unnest(?::text[], ?::text[], ?::text[], ?::text[]) AS given (type, key, value, id) WHERE (known.type, known.key, known.value, known.saga_id) = (given.type, given.key, given.value, given.id)",
                    columns(dissociations));
        }
        if (!associations.isEmpty()) {
            database.update(
                    "INSERT INTO event_log.saga_association (type, key, value, saga_id) SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[]) ON CONFLICT DO NOTHING",
                    columns(associations));
        }
    }

    private static Object[] columns(Collection<Association> rows) {
        return new Object[] {
            SqlArrays.of("text", rows, Association::type),
            SqlArrays.of("text", rows, Association::key),
            SqlArrays.of("text", rows, Association::value),
            SqlArrays.of("text", rows, Association::sagaId)
        };
    }
}
