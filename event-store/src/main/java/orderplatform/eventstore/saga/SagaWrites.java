package orderplatform.eventstore.saga;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import orderplatform.eventstore.reader.BatchEnd;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.axonframework.modelling.saga.AssociationValue;
import org.jspecify.annotations.Nullable;

/**
 * What sagas have changed since the last time that it was stored, written by a few statements. Saga rows, associations
 * and deadlines go with the reader's token: all or none. A saga that begins and ends in between leaves no trace, and its
 * state is not even serialized.
 */
final class SagaWrites implements Runnable {

    private final SagaTables tables;
    private final Map<String, LiveSaga> changed = new LinkedHashMap<>();
    private final Map<String, LiveSaga> deletes = new LinkedHashMap<>();
    private final Set<SagaTables.Association> associations = new HashSet<>();
    private final Set<SagaTables.Association> dissociations = new HashSet<>();
    private final Map<UUID, Scheduled> deadlines = new LinkedHashMap<>();
    private final Map<UUID, String> cancelled = new HashMap<>();
    private final Map<UUID, String> fired = new HashMap<>();
    private @Nullable UUID firing;

    private SagaWrites(SagaTables tables) {
        this.tables = tables;
    }

    private record Scheduled(String sagaId, Supplier<DeadlineRow> row) {}

    private record Written(LiveSaga saga, String state) {}

    /** Those of the current unit of work, written with its reader's token. */
    static SagaWrites current(SagaTables tables) {
        return BatchEnd.writer(CurrentUnitOfWork.get(), SagaWrites.class, () -> new SagaWrites(tables));
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
        values.forEach(value -> associations.add(new SagaTables.Association(saga.type(), value, saga.id())));
    }

    void dissociate(LiveSaga saga, Collection<AssociationValue> values) {
        values.forEach(value -> {
            var association = new SagaTables.Association(saga.type(), value, saga.id());
            associations.remove(association);
            dissociations.add(association);
        });
    }

    void schedule(UUID id, String sagaId, Supplier<DeadlineRow> deadline) {
        deadlines.put(id, new Scheduled(sagaId, deadline));
    }

    void cancel(UUID deadline, String sagaId) {
        if (deadlines.remove(deadline) == null) {
            cancelled.put(deadline, sagaId);
        }
    }

    /** The deadline goes off with these writes; it must still be there when they are written. */
    void fire(UUID deadline, String sagaId) {
        firing = deadline;
        fired.put(deadline, sagaId);
    }

    /** Whether the deadline is cancelled with these writes. */
    boolean cancels(UUID deadline) {
        return cancelled.containsKey(deadline);
    }

    /** The handler of the deadline that goes off is done. */
    void firingIsOver() {
        firing = null;
    }

    /** Whether a deadline goes off that was cancelled in the meantime; it does not, then. */
    boolean firesWhatIsCancelled() {
        if (firing != null && tables.deadline(firing).isEmpty()) {
            fired.remove(firing);
            firing = null;
            return true;
        }
        return false;
    }

    /** Versions of the rows that are written, by the sagas' ids. */
    Map<String, Long> expected() {
        var versions = new HashMap<String, Long>();
        changed.values().stream().filter(LiveSaga::hasRow).forEach(saga -> versions.put(saga.id(), saga.version()));
        deletes.values().forEach(saga -> versions.put(saga.id(), saga.version()));
        return versions;
    }

    /** Nothing of these sagas is written. */
    void discard(Set<String> sagaIds) {
        changed.keySet().removeAll(sagaIds);
        deletes.keySet().removeAll(sagaIds);
        associations.removeIf(association -> sagaIds.contains(association.sagaId()));
        dissociations.removeIf(association -> sagaIds.contains(association.sagaId()));
        deadlines.values().removeIf(scheduled -> sagaIds.contains(scheduled.sagaId()));
        cancelled.values().removeAll(sagaIds);
        fired.values().removeAll(sagaIds);
    }

    @Override
    public void run() {
        writeSagas();
        writeAssociations();
        if (!deadlines.isEmpty()) {
            tables.insertDeadlines(deadlines.values().stream()
                    .map(scheduled -> scheduled.row().get())
                    .toList());
        }
        if (!fired.isEmpty() && tables.deleteDeadlines(fired.keySet()) < fired.size()) {
            throw new ConcurrencyException("One of %s was cancelled or went off elsewhere".formatted(fired.keySet()));
        }
        if (!cancelled.isEmpty()) {
            tables.deleteDeadlines(cancelled.keySet());
        }
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
            tables.insert(rows(sagas));
        }
    }

    private void update(List<Written> sagas) {
        if (!sagas.isEmpty()) {
            requireAll(sagas.size(), tables.update(rows(sagas)));
        }
    }

    private static List<SagaTables.SagaRow> rows(List<Written> sagas) {
        return sagas.stream()
                .map(it -> new SagaTables.SagaRow(
                        it.saga().id(), it.saga().type(), it.saga().version(), it.state()))
                .toList();
    }

    private void delete() {
        if (!deletes.isEmpty()) {
            requireAll(deletes.size(), tables.delete(deletes.values()));
        }
    }

    private static void requireAll(int wanted, int done) {
        if (done != wanted) {
            throw new ConcurrencyException("%d of %d sagas were changed elsewhere".formatted(wanted - done, wanted));
        }
    }

    private void writeAssociations() {
        if (!dissociations.isEmpty()) {
            tables.dissociate(dissociations);
        }
        if (!associations.isEmpty()) {
            tables.associate(associations);
        }
    }
}
