package orderplatform.eventstore.saga;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import orderplatform.eventstore.log.SqlArrays;
import orderplatform.eventstore.reader.BatchEnd;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.saga.AssociationValue;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What sagas have changed since the last time that it was stored, written by a few statements. Saga rows, associations
 * and deadlines go with the reader's token: all or none. A saga that begins and ends in between leaves no trace, and its
 * state is not even serialized.
 */
final class SagaWrites implements Runnable {

    private final JdbcTemplate database;
    private final Map<String, LiveSaga> changed = new LinkedHashMap<>();
    private final Map<String, LiveSaga> deletes = new LinkedHashMap<>();
    private final Set<Association> associations = new HashSet<>();
    private final Set<Association> dissociations = new HashSet<>();
    private final Map<UUID, Supplier<DeadlineRow>> deadlines = new LinkedHashMap<>();
    private final Set<UUID> cancelled = new HashSet<>();
    private @Nullable UUID fired;

    private SagaWrites(JdbcTemplate database) {
        this.database = database;
    }

    private record Written(LiveSaga saga, String state) {}

    private record Association(String type, String key, String value, String sagaId) {

        Association(String type, AssociationValue value, String sagaId) {
            this(type, value.getKey(), value.getValue(), sagaId);
        }
    }

    /** Those of the current unit of work, written with its reader's token. */
    static SagaWrites current(JdbcTemplate database) {
        return BatchEnd.writer(CurrentUnitOfWork.get(), SagaWrites.class, () -> new SagaWrites(database));
    }

    void write(LiveSaga saga) {
        changed.put(saga.id(), saga);
    }

    void delete(LiveSaga saga) {
        changed.remove(saga.id());
        associations.removeIf(association -> association.sagaId().equals(saga.id()));
        if (saga.hasRow()) {
            deletes.put(saga.id(), saga);
        }
    }

    /** Whether its row is not as it is in memory. */
    boolean writes(LiveSaga saga) {
        return changed.containsKey(saga.id());
    }

    /** Whether its row is only still there. */
    boolean deletes(String sagaId) {
        return deletes.containsKey(sagaId);
    }

    void associate(LiveSaga saga, Collection<AssociationValue> values) {
        values.forEach(value -> associations.add(new Association(saga.type(), value, saga.id())));
    }

    void dissociate(LiveSaga saga, Collection<AssociationValue> values) {
        values.forEach(value -> {
            var association = new Association(saga.type(), value, saga.id());
            associations.remove(association);
            dissociations.add(association);
        });
    }

    void schedule(UUID id, Supplier<DeadlineRow> deadline) {
        deadlines.put(id, deadline);
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
        writeSagas();
        writeAssociations();
        if (!deadlines.isEmpty()) {
            DeadlineRow.insert(
                    database, deadlines.values().stream().map(Supplier::get).toList());
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
        var written = changed.values().stream()
                .map(saga -> new Written(saga, saga.state()))
                .filter(it -> it.saga().isOtherThan(it.state()))
                .toList();
        insert(written.stream().filter(it -> !it.saga().hasRow()).toList());
        update(written.stream().filter(it -> it.saga().hasRow()).toList());
        written.forEach(it -> it.saga().written());
        delete();
    }

    private void insert(List<Written> sagas) {
        if (!sagas.isEmpty()) {
            database.update(
                    "INSERT INTO event_log.saga (saga_id, type, version, state) SELECT id, type, 0, state::json FROM unnest(?::text[], ?::text[], ?::text[]) AS given (id, type, state)",
                    SqlArrays.of("text", sagas, it -> it.saga().id()),
                    SqlArrays.of("text", sagas, it -> it.saga().type()),
                    SqlArrays.of("text", sagas, Written::state));
        }
    }

    private void update(List<Written> sagas) {
        if (sagas.isEmpty()) {
            return;
        }
        var updated = database.update(
                "UPDATE event_log.saga AS saga SET state = given.state::json, version = saga.version + 1 FROM unnest(?::text[], ?::bigint[], ?::text[]) AS given (id, version, state) WHERE saga.saga_id = given.id AND saga.version = given.version",
                SqlArrays.of("text", sagas, it -> it.saga().id()),
                SqlArrays.of("int8", sagas, it -> it.saga().version()),
                SqlArrays.of("text", sagas, Written::state));
        requireAll(sagas.size(), updated);
    }

    private void delete() {
        if (deletes.isEmpty()) {
            return;
        }
        var deleted = database.update(
                "DELETE FROM event_log.saga AS saga USING unnest(?::text[], ?::bigint[]) AS given (id, version) WHERE saga.saga_id = given.id AND saga.version = given.version",
                SqlArrays.of("text", deletes.values(), LiveSaga::id),
                SqlArrays.of("int8", deletes.values(), LiveSaga::version));
        requireAll(deletes.size(), deleted);
        database.update(
                "DELETE FROM event_log.saga_association WHERE saga_id = ANY (?)", SqlArrays.texts(deletes.keySet()));
    }

    private static void requireAll(int wanted, int done) {
        if (done != wanted) {
            throw new ConcurrencyException("%d of %d sagas were changed elsewhere".formatted(wanted - done, wanted));
        }
    }

    private void writeAssociations() {
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
