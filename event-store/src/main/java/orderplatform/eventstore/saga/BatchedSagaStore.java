package orderplatform.eventstore.saga;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import orderplatform.eventstore.commit.ReactionBatch;
import orderplatform.eventstore.log.Appends;
import orderplatform.eventstore.reader.Checkpoint;
import orderplatform.eventstore.reader.Parking;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/**
 * Axon's saga store, by the batch: a segment keeps its sagas in memory while it is worked on, which sagas the events of a
 * batch are for is asked once for those it does not know, and what changed is written with its {@link Checkpoint}. A row
 * that somebody else changed meanwhile, such as a deadline, fails the checkpoint, and the segment begins anew from what
 * is stored.
 */
class BatchedSagaStore implements SagaStore<Object> {

    private static final String RESOURCE = BatchedSagaStore.class.getName();

    private final SagaTables tables;
    private final Serializer serializer;
    private final int maximumInMemory;
    private final AnnotationSagaMetaModelFactory models = new AnnotationSagaMetaModelFactory();
    private final Map<Class<?>, SagaModel<?>> modelOf = new ConcurrentHashMap<>();

    /** @param maximumInMemory sagas that a segment keeps in memory between two batches */
    BatchedSagaStore(SagaTables tables, Serializer serializer, int maximumInMemory) {
        this.tables = tables;
        this.serializer = serializer;
        this.maximumInMemory = maximumInMemory;
    }

    /** What a segment knows of the sagas of one type. */
    private static final class Known {

        /** All sagas of a value, where there are any. */
        private final Map<AssociationValue, Set<String>> found = new HashMap<>();

        private final Map<String, LiveSaga> sagas = new HashMap<>();

        /** The concern of whoever works on them alone, which may be another segment. */
        private final Map<String, SerializationException> unreadable = new HashMap<>();

        void add(LiveSaga saga) {
            sagas.put(saga.id(), saga);
            saga.associations().forEach(value -> associate(value, saga.id()));
        }

        void associate(AssociationValue value, String sagaId) {
            found.computeIfAbsent(value, it -> new HashSet<>()).add(sagaId);
        }

        void dissociate(AssociationValue value, String sagaId) {
            found.computeIfPresent(value, (it, ids) -> ids.remove(sagaId) && ids.isEmpty() ? null : ids);
        }

        void remove(LiveSaga saga) {
            sagas.remove(saga.id());
            saga.associations().forEach(value -> dissociate(value, saga.id()));
        }

        void forgetAllBut(SagaWrites pending) {
            sagas.values().stream()
                    .filter(saga -> !pending.writes(saga))
                    .toList()
                    .forEach(this::remove);
            unreadable.clear();
        }
    }

    @Override
    public Set<String> findSagas(Class<?> sagaType, AssociationValue value) {
        var known = known(sagaType);
        var asked = askedByBatch(sagaType, known);
        if (!known.found.containsKey(value) && !asked.contains(value)) {
            var values = valuesOfBatch(sagaType);
            values.add(value);
            values.removeAll(known.found.keySet());
            values.removeAll(asked);
            find(sagaType, values, known);
            asked.addAll(values);
        }
        return Set.copyOf(known.found.getOrDefault(value, Set.of()));
    }

    /** Whether the sagas of the value are in memory. */
    boolean isKnown(Class<?> sagaType, AssociationValue value) {
        return known(sagaType).found.containsKey(value);
    }

    /** Ids of the sagas of the value that are in memory. */
    Set<String> known(Class<?> sagaType, AssociationValue value) {
        return Set.copyOf(known(sagaType).found.getOrDefault(value, Set.of()));
    }

    /** No saga of the value is stored: it is not looked for. */
    void beginsNow(Class<?> sagaType, AssociationValue value) {
        askedByBatch(sagaType, known(sagaType)).add(value);
    }

    /** They are read again when they are needed again. */
    void forget(Class<?> sagaType, Set<String> sagaIds) {
        var known = known(sagaType);
        sagaIds.stream().map(known.sagas::get).filter(Objects::nonNull).toList().forEach(known::remove);
    }

    private Known known(Class<?> sagaType) {
        return Checkpoint.memory(CurrentUnitOfWork.get(), sagaType, Known::new);
    }

    /** Values that had no saga when the batch began. */
    private Set<AssociationValue> askedByBatch(Class<?> sagaType, Known known) {
        return CurrentUnitOfWork.get().root().getOrComputeResource(RESOURCE + sagaType.getName(), key -> {
            if (known.sagas.size() > maximumInMemory) {
                known.forgetAllBut(SagaWrites.current(tables));
            }
            return new HashSet<>();
        });
    }

    private Set<AssociationValue> valuesOfBatch(Class<?> sagaType) {
        var values = new HashSet<AssociationValue>();
        if (CurrentUnitOfWork.get().root() instanceof BatchingUnitOfWork<?> batch) {
            var model = modelOf.computeIfAbsent(sagaType, models::modelOf);
            for (var message : batch.getMessages()) {
                if (message instanceof EventMessage<?> event && !Parking.isKnownToWait(batch, event)) {
                    model.resolveAssociation(event).ifPresent(values::add);
                }
            }
        }
        return values;
    }

    private void find(Class<?> sagaType, Collection<AssociationValue> values, Known known) {
        var pending = SagaWrites.current(tables);
        var missing = new HashSet<String>();
        for (var found : tables.associations(name(sagaType), values)) {
            if (!pending.deletes(found.sagaId())) {
                known.associate(found.asValue(), found.sagaId());
                missing.add(found.sagaId());
            }
        }
        missing.removeAll(known.sagas.keySet());
        load(sagaType, missing, known);
    }

    private void load(Class<?> sagaType, Set<String> sagaIds, Known known) {
        if (sagaIds.isEmpty()) {
            return;
        }
        var associations = tables.associationsOf(sagaIds);
        for (var row : tables.sagas(sagaIds)) {
            try {
                Object saga = serializer.deserialize(
                        new SimpleSerializedObject<>(row.state(), String.class, sagaType.getName(), null));
                known.add(LiveSaga.loaded(
                        row.id(),
                        name(sagaType),
                        saga,
                        associations.getOrDefault(row.id(), Set.of()),
                        serializer,
                        row.version(),
                        row.state()));
            } catch (SerializationException unreadable) {
                known.unreadable.put(row.id(), unreadable);
            }
        }
    }

    @Override
    public <S> @Nullable Entry<S> loadSaga(Class<S> sagaType, String sagaId) {
        // Axon holds the saga's lock by now, so nobody on this node cancels the deadline after this.
        var pending = SagaWrites.current(tables);
        if (pending.firesWhatIsCancelled() || pending.deletes(sagaId)) {
            return null;
        }
        var known = known(sagaType);
        if (!known.sagas.containsKey(sagaId) && !known.unreadable.containsKey(sagaId)) {
            load(sagaType, Set.of(sagaId), known);
        }
        if (known.unreadable.containsKey(sagaId)) {
            throw new SerializationException("Saga %s can't be read".formatted(sagaId), known.unreadable.get(sagaId));
        }
        dependOn(sagaId);
        var loaded = known.sagas.get(sagaId);
        return loaded == null
                ? null
                : new LoadedEntry<>(sagaType.cast(loaded.saga()), Set.copyOf(loaded.associations()));
    }

    /** In a commit: also of a saga that is not in memory after it, because its reaction ends it. */
    private static void dependOn(String sagaId) {
        if (Appends.current() instanceof ReactionBatch batch) {
            batch.dependsOn(sagaId);
        }
    }

    private record LoadedEntry<T>(T saga, Set<AssociationValue> associationValues) implements Entry<T> {}

    @Override
    public void insertSaga(Class<?> sagaType, String sagaId, Object saga, Set<AssociationValue> values) {
        dependOn(sagaId);
        var begun = LiveSaga.begun(sagaId, name(sagaType), saga, values, serializer);
        var known = known(sagaType);
        known.add(begun);
        var writes = SagaWrites.current(tables);
        writes.write(begun);
        writes.associate(begun, values);
    }

    @Override
    public void updateSaga(Class<?> sagaType, String sagaId, Object saga, AssociationValues values) {
        var known = known(sagaType);
        var live = known.sagas.get(sagaId);
        if (live == null) {
            throw new IllegalStateException("Saga %s was not loaded".formatted(sagaId));
        }
        values.addedAssociations().forEach(value -> known.associate(value, sagaId));
        values.removedAssociations().forEach(value -> known.dissociate(value, sagaId));
        live.associations().addAll(values.addedAssociations());
        live.associations().removeAll(values.removedAssociations());
        var writes = SagaWrites.current(tables);
        writes.write(live);
        writes.associate(live, values.addedAssociations());
        writes.dissociate(live, values.removedAssociations());
    }

    @Override
    public void deleteSaga(Class<?> sagaType, String sagaId, Set<AssociationValue> values) {
        var known = known(sagaType);
        var live = known.sagas.get(sagaId);
        if (live != null) {
            known.remove(live);
            SagaWrites.current(tables).delete(live);
        }
    }

    private static String name(Class<?> sagaType) {
        return sagaType.getSimpleName();
    }
}
