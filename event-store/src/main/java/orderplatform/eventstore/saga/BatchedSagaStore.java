package orderplatform.eventstore.saga;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import orderplatform.eventstore.log.RecentlyUsed;
import orderplatform.eventstore.log.SqlArrays;
import orderplatform.eventstore.reader.Parking;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.AssociationValues;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.axonframework.modelling.saga.repository.SagaStore;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Axon's saga store, by the batch: which sagas the events of a batch are for is asked once, those that are not in memory
 * are loaded at once, and what changed is written at once. A saga in memory is used only at the version that its row
 * has; should the row change until the batch commits, the batch fails and comes again.
 */
class BatchedSagaStore implements SagaStore<Object> {

    private static final String RESOURCE = BatchedSagaStore.class.getName();

    private final JdbcTemplate database;

    /** On connections of its own: a batch must not hold one while it waits for the commands that its sagas send. */
    private final JdbcTemplate reads;

    private final Serializer serializer;
    private final RecentlyUsed<String, Loaded> inMemory;
    private final AnnotationSagaMetaModelFactory models = new AnnotationSagaMetaModelFactory();
    private final Map<Class<?>, SagaModel<?>> modelOf = new ConcurrentHashMap<>();

    BatchedSagaStore(DataSource dataSource, Serializer serializer, int maximumInMemory) {
        this.database = new JdbcTemplate(dataSource);
        this.reads = new JdbcTemplate(new DelegatingDataSource(dataSource));
        this.serializer = serializer;
        this.inMemory = new RecentlyUsed<>(maximumInMemory);
    }

    private record Loaded(Object saga, long version, Set<AssociationValue> associationValues) {}

    /** In the place of a saga that this node has ended, for those who looked it up before. */
    private static final Loaded ENDED = new Loaded(new Object(), Long.MAX_VALUE, Set.of());

    private record Found(AssociationValue value, String sagaId, long version) {}

    /** What is known of the sagas that the events of this batch are for. */
    private static final class Batch {

        private final Set<AssociationValue> asked = new HashSet<>();
        private final Map<AssociationValue, Set<String>> found = new HashMap<>();
        private final Map<String, Loaded> sagas = new HashMap<>();

        /** The concern of whoever works on them alone, which may be another segment. */
        private final Map<String, SerializationException> unreadable = new HashMap<>();
    }

    @Override
    public Set<String> findSagas(Class<?> sagaType, AssociationValue value) {
        var batch = batch(sagaType);
        if (!batch.asked.contains(value)) {
            var values = new HashSet<>(valuesOfBatch(sagaType));
            values.add(value);
            values.removeAll(batch.asked);
            find(sagaType, values, batch);
        }
        return batch.found.getOrDefault(value, Set.of());
    }

    private Batch batch(Class<?> sagaType) {
        var root = CurrentUnitOfWork.get().root();
        Map<Class<?>, Batch> batches = root.getOrComputeResource(RESOURCE, key -> new HashMap<Class<?>, Batch>());
        return batches.computeIfAbsent(sagaType, type -> {
            var batch = new Batch();
            // What a batch that failed has done to its sagas in memory must not be seen again.
            root.onRollback(failed -> inMemory.removeAll(batch.sagas.keySet()));
            return batch;
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

    private void find(Class<?> sagaType, Collection<AssociationValue> values, Batch batch) {
        var rows = reads.query(
                """
                SELECT association.key, association.value, saga.saga_id, saga.version
                FROM unnest(?::text[], ?::text[]) AS wanted (key, value)
                JOIN event_log.saga_association AS association
                  ON association.type = ? AND association.key = wanted.key AND association.value = wanted.value
                JOIN event_log.saga AS saga ON saga.saga_id = association.saga_id""",
                (row, number) -> new Found(
                        new AssociationValue(row.getString(1), row.getString(2)), row.getString(3), row.getLong(4)),
                SqlArrays.of("text", values, AssociationValue::getKey),
                SqlArrays.of("text", values, AssociationValue::getValue),
                name(sagaType));
        batch.asked.addAll(values);
        var missing = new HashSet<String>();
        for (var row : rows) {
            batch.found.computeIfAbsent(row.value(), key -> new HashSet<>()).add(row.sagaId());
            var known = inMemory.get(row.sagaId());
            if (known != null && known.version() == row.version()) {
                batch.sagas.put(row.sagaId(), known);
            } else {
                missing.add(row.sagaId());
            }
        }
        load(sagaType, missing, batch);
    }

    private void load(Class<?> sagaType, Set<String> sagaIds, Batch batch) {
        if (sagaIds.isEmpty()) {
            return;
        }
        var associations = new HashMap<String, Set<AssociationValue>>();
        reads.query(
                "SELECT saga_id, key, value FROM event_log.saga_association WHERE saga_id = ANY (?)",
                row -> {
                    associations
                            .computeIfAbsent(row.getString(1), id -> new HashSet<>())
                            .add(new AssociationValue(row.getString(2), row.getString(3)));
                },
                SqlArrays.texts(sagaIds));
        reads.query(
                "SELECT saga_id, version, state FROM event_log.saga WHERE saga_id = ANY (?)",
                row -> {
                    var id = row.getString(1);
                    try {
                        Object saga = serializer.deserialize(
                                new SimpleSerializedObject<>(row.getString(3), String.class, sagaType.getName(), null));
                        batch.sagas.put(id, new Loaded(saga, row.getLong(2), associations.getOrDefault(id, Set.of())));
                    } catch (SerializationException unreadable) {
                        batch.unreadable.put(id, unreadable);
                    }
                },
                SqlArrays.texts(sagaIds));
    }

    @Override
    public <S> @Nullable Entry<S> loadSaga(Class<S> sagaType, String sagaId) {
        // Axon holds the saga's lock by now, so nobody on this node cancels the deadline after this.
        if (SagaWrites.current(database).firesWhatIsCancelled(reads)) {
            return null;
        }
        var batch = batch(sagaType);
        if (!batch.sagas.containsKey(sagaId)) {
            load(sagaType, Set.of(sagaId), batch);
        }
        if (batch.unreadable.containsKey(sagaId)) {
            throw new SerializationException("Saga %s can't be read".formatted(sagaId), batch.unreadable.get(sagaId));
        }
        // A deadline may have gone off between the look-up for the batch and the lock.
        var newest = inMemory.get(sagaId);
        var looked = batch.sagas.get(sagaId);
        if (newest != null && (looked == null || newest.version() > looked.version())) {
            batch.sagas.put(sagaId, newest);
        }
        var loaded = batch.sagas.get(sagaId);
        return loaded == null || loaded == ENDED
                ? null
                : new LoadedEntry<>(sagaType.cast(loaded.saga()), loaded.associationValues());
    }

    private record LoadedEntry<T>(T saga, Set<AssociationValue> associationValues) implements Entry<T> {}

    @Override
    public void insertSaga(Class<?> sagaType, String sagaId, Object saga, Set<AssociationValue> values) {
        var writes = SagaWrites.current(database);
        writes.insert(name(sagaType), sagaId, state(saga));
        writes.associate(name(sagaType), sagaId, values);
        batch(sagaType).sagas.put(sagaId, new Loaded(saga, 0, Set.copyOf(values)));
        rememberAfterCommit(sagaId, saga, 0, values);
    }

    @Override
    public void updateSaga(Class<?> sagaType, String sagaId, Object saga, AssociationValues values) {
        var loaded = batch(sagaType).sagas.get(sagaId);
        if (loaded == null) {
            throw new IllegalStateException("Saga %s was not loaded".formatted(sagaId));
        }
        var writes = SagaWrites.current(database);
        writes.update(name(sagaType), sagaId, loaded.version(), state(saga));
        writes.associate(name(sagaType), sagaId, values.addedAssociations());
        writes.dissociate(name(sagaType), sagaId, values.removedAssociations());
        rememberAfterCommit(sagaId, saga, loaded.version() + 1, values.asSet());
    }

    @Override
    public void deleteSaga(Class<?> sagaType, String sagaId, Set<AssociationValue> values) {
        SagaWrites.current(database).delete(sagaId);
        root().afterCommit(done -> inMemory.put(sagaId, ENDED));
    }

    private void rememberAfterCommit(String sagaId, Object saga, long version, Set<AssociationValue> values) {
        var remembered = new Loaded(saga, version, Set.copyOf(values));
        root().afterCommit(done -> inMemory.put(sagaId, remembered));
    }

    private static UnitOfWork<?> root() {
        return CurrentUnitOfWork.get().root();
    }

    private String state(Object saga) {
        return serializer.serialize(saga, String.class).getData();
    }

    private static String name(Class<?> sagaType) {
        return sagaType.getSimpleName();
    }
}
