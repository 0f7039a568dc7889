package orderplatform.eventstore.commit;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import orderplatform.eventstore.log.LogEventStore;
import orderplatform.eventstore.log.UnknownEventType;
import org.axonframework.eventsourcing.AggregateDeletedException;
import org.axonframework.eventsourcing.AggregateFactory;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.SnapshotTriggerDefinition;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConflictingAggregateVersionException;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.RepositoryProvider;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.jspecify.annotations.Nullable;

/**
 * Loads aggregates for the commands of a batch: from memory, from what the batch has read ahead, or else from the log. The
 * append checks the versions that the batch decided on, so nothing is locked.
 */
final class BatchRepository<T> implements Repository<T> {

    private final AggregateModel<T> model;
    private final AggregateFactory<T> factory;
    private final RepositoryProvider others;
    private final SnapshotTriggerDefinition snapshots;
    private final LogEventStore log;
    private final AggregateMemory memory;
    private final CurrentBatch current;

    BatchRepository(
            AggregateModel<T> model,
            RepositoryProvider others,
            SnapshotTriggerDefinition snapshots,
            LogEventStore log,
            AggregateMemory memory,
            CurrentBatch current) {
        this.model = model;
        this.factory = new GenericAggregateFactory<>(model);
        this.others = others;
        this.snapshots = snapshots;
        this.log = log;
        this.memory = memory;
        this.current = current;
    }

    @Override
    public Aggregate<T> load(String id) {
        return load(id, null);
    }

    /** @throws ConflictingAggregateVersionException if the aggregate is at another version than the expected one */
    @Override
    public Aggregate<T> load(String id, @Nullable Long expectedVersion) {
        var aggregate = find(id).orElseThrow(() -> new AggregateNotFoundException(id, "There is no " + id));
        if (expectedVersion != null && !expectedVersion.equals(aggregate.version())) {
            throw new ConflictingAggregateVersionException(id, expectedVersion, aggregate.version());
        }
        return aggregate;
    }

    @Override
    public Aggregate<T> loadOrCreate(String id, Callable<T> create) throws Exception {
        var found = find(id);
        if (found.isPresent()) {
            return found.get();
        }
        var created = create(create);
        memory.add(id, created);
        return created;
    }

    @Override
    public Aggregate<T> newInstance(Callable<T> create) throws Exception {
        return newInstance(create, created -> {});
    }

    /** One that has applied no event is no aggregate. */
    @Override
    public Aggregate<T> newInstance(Callable<T> create, Consumer<Aggregate<T>> initialize) throws Exception {
        var created = create(create);
        initialize.accept(created);
        if (created.version() != null) {
            memory.add(created.identifierAsString(), created);
        }
        return created;
    }

    private EventSourcedAggregate<T> create(Callable<T> create) throws Exception {
        return EventSourcedAggregate.initialize(
                create, model, log, others, snapshots.prepareTrigger(model.entityClass()));
    }

    private Optional<EventSourcedAggregate<T>> find(String id) {
        var batch = current.require();
        var found = memory.find(id).map(this::ofThisType).or(() -> read(id, batch));
        batch.decidedOn(id, found.map(EventSourcedAggregate::version).orElse(AggregateMemory.NONE));
        found.filter(Aggregate::isDeleted).ifPresent(deleted -> {
            throw new AggregateDeletedException(id);
        });
        return found;
    }

    @SuppressWarnings("unchecked") // an id belongs to one type
    private EventSourcedAggregate<T> ofThisType(EventSourcedAggregate<?> found) {
        return (EventSourcedAggregate<T>) found;
    }

    /** Those of the batch too: the aggregate is forgotten if one of its commands fails. */
    private Optional<EventSourcedAggregate<T>> read(String id, CommitBatch batch) {
        var logged = batch.readAhead(id)
                .<DomainEventStream>map(DomainEventStream::of)
                .orElseGet(() -> log.readEvents(id));
        var events =
                UnknownEventType.refuseIn(DomainEventStream.concat(logged, DomainEventStream.of(batch.staged(id))));
        if (!events.hasNext()) {
            return Optional.empty();
        }
        var aggregate = EventSourcedAggregate.initialize(
                factory.createAggregateRoot(id, events.peek()),
                model,
                log,
                others,
                snapshots.prepareTrigger(model.entityClass()));
        aggregate.initializeState(events);
        memory.add(id, aggregate);
        return Optional.of(aggregate);
    }

    /** Aggregates have no deadlines. */
    @Override
    public boolean canResolve(ScopeDescriptor scope) {
        return false;
    }

    @Override
    public void send(Message<?> message, ScopeDescriptor scope) {
        throw new UnsupportedOperationException("Aggregates have no deadlines");
    }
}
