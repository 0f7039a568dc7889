package orderplatform.eventstore.saga;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import orderplatform.eventstore.commit.LaneCommandBus;
import orderplatform.eventstore.commit.ReactionBatch;
import orderplatform.eventstore.commit.ReactionBatch.Reaction;
import orderplatform.eventstore.reader.HandlesParked;
import orderplatform.eventstore.reader.Parked;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.AbstractEventProcessor;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.unitofwork.BatchingUnitOfWork;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.SagaCreationPolicy;
import org.axonframework.modelling.saga.SagaMethodMessageHandlingMember;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.axonframework.serialization.SerializationException;

/**
 * The sagas of one type, as Axon's processor of them that has no thread: it handles an event in the unit of work of the
 * batch that stores the event.
 *
 * <p>Every event of a saga has the association that the saga began with.
 */
final class ReactingSagas extends AbstractEventProcessor implements HandlesParked {

    /** A parked event that is handled again, with all that waits in the lane before it. */
    private static final Duration HANDLED_WITHIN = Duration.ofSeconds(60);

    private final SagaModel<?> model;
    private final Class<?> type;
    private final Configuration axon;
    private final BatchedSagaStore store;
    private final Function<EventMessage<?>, Optional<String>> sequenceOf;
    private final Predicate<Throwable> isOutage;
    private final Map<Class<?>, Boolean> starts = new ConcurrentHashMap<>();

    ReactingSagas(
            String name,
            Class<?> type,
            EventHandlerInvoker handlers,
            Configuration axon,
            BatchedSagaStore store,
            Function<EventMessage<?>, Optional<String>> sequenceOf,
            Predicate<Throwable> isOutage) {
        super(new Builder(name, handlers));
        this.type = type;
        this.model = new AnnotationSagaMetaModelFactory().modelOf(type);
        this.axon = axon;
        this.store = store;
        this.sequenceOf = sequenceOf;
        this.isOutage = isOutage;
    }

    private static final class Builder extends AbstractEventProcessor.Builder {

        Builder(String name, EventHandlerInvoker handlers) {
            name(name).eventHandlerInvoker(handlers).rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE);
        }
    }

    /** @param name of the class, as Axon names a saga's scope */
    boolean isOf(String name) {
        return type.getName().equals(name) || type.getSimpleName().equals(name);
    }

    /**
     * An event that concerns a saga.
     *
     * @param association of the event and its saga; empty if the event can't be read
     */
    record Concern(EventMessage<?> event, Optional<AssociationValue> association, Reaction reaction) {}

    /** What the sagas have to do with the event, if anything. One that can't be read concerns them all. */
    Optional<Concern> concern(EventMessage<?> event) {
        try {
            return model.resolveAssociation(event)
                    .map(value -> new Concern(event, Optional.of(value), reaction(event, value.getValue())));
        } catch (SerializationException unreadable) {
            return Optional.of(new Concern(event, Optional.empty(), reaction(event, event.getIdentifier())));
        }
    }

    private Reaction reaction(EventMessage<?> event, String otherwise) {
        return new Reaction(getName(), sequenceOf.apply(event).orElse(otherwise));
    }

    /** Whether the segment of the version before had the event, as {@link SagaSegments}; all had what can't be read. */
    static boolean isIn(Segment segment, Concern concern) {
        return concern.association().map(segment::matches).orElse(true);
    }

    /** Whether the saga of the event is in memory, or begins with it: nothing has to be read. */
    boolean isInMemory(Concern concern) {
        return concern.association()
                .filter(value -> begins(concern.event()) || store.isKnown(type, value))
                .isPresent();
    }

    /** With the first event of a new stream no saga can have begun before. One that was read from the log may be handled again. */
    private boolean begins(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> ofStream
                && !(event instanceof TrackedEventMessage<?>)
                && ofStream.getSequenceNumber() == 0
                && starts.computeIfAbsent(event.getPayloadType(), payload -> starts(event));
    }

    private boolean starts(EventMessage<?> event) {
        return model.findHandlerMethods(event).stream()
                .flatMap(handler -> handler.unwrap(SagaMethodMessageHandlingMember.class).stream())
                .anyMatch(handler -> handler.getCreationPolicy() != SagaCreationPolicy.NONE);
    }

    /** @throws RuntimeException if the failure is an outage, or else as {@link Reaction#failed} */
    void react(Concern concern, ReactionBatch batch) {
        var event = concern.event();
        concern.association().filter(value -> begins(event)).ifPresent(value -> store.beginsNow(type, value));
        depend(concern, batch);
        batch.reacting(concern.reaction());
        try {
            processInUnitOfWork(List.of(event), new BatchingUnitOfWork<>(event), Set.of(Segment.ROOT_SEGMENT));
        } catch (Exception failure) {
            throw isOutage.test(failure) ? outage(failure) : concern.reaction().failed(failure);
        } finally {
            batch.reacting(null);
        }
    }

    /**
     * Handles what is due for one saga.
     *
     * @throws RuntimeException if the handler failed; the due message is not to be stored then
     */
    void react(
            Message<?> message,
            String sagaId,
            List<CorrelationDataProvider> correlations,
            ReactionBatch batch,
            Handler handler) {
        var reaction = new Reaction(getName(), sagaId);
        requireNoFailure(reaction, batch);
        batch.dependsOn(sagaId);
        batch.reacting(reaction);
        try {
            var work = DefaultUnitOfWork.startAndGet(message);
            correlations.forEach(work::registerCorrelationDataProvider);
            var result = work.executeWithResult(() -> {
                handler.handle();
                return null;
            });
            if (result.isExceptional()) {
                throw new IllegalStateException(result.exceptionResult());
            }
        } finally {
            batch.reacting(null);
        }
    }

    /** What is due, or tried again, is not parked when it has failed: its own caller is told. */
    private static void requireNoFailure(Reaction reaction, ReactionBatch batch) {
        var failure = batch.parking(reaction);
        if (failure != null) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    /** What handles a message that is due. */
    interface Handler {

        void handle() throws Exception;
    }

    /** A parked saga is in no node's memory, so its later events find that it is parked. */
    void forgetElsewhere(EventMessage<?> event, SagaTables tables) {
        concern(event).flatMap(Concern::association).ifPresent(value -> tables.touch(type.getSimpleName(), value));
    }

    @Override
    public void handleAgain(Parked parked, Runnable done) throws Exception {
        var concern = concern(read(parked.position())).orElseThrow();
        var lane = (LaneCommandBus) axon.commandBus();
        try {
            lane.react(
                            "parked event %d".formatted(parked.position()),
                            batch -> reactAgain(concern, parked, done, batch))
                    .get(HANDLED_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        }
    }

    private void reactAgain(Concern concern, Parked parked, Runnable done, ReactionBatch batch) {
        requireNoFailure(concern.reaction(), batch);
        var othersWait = parked.waiting() > 1;
        if (othersWait) {
            batch.holdBack(concern.reaction());
        }
        react(concern, batch);
        batch.alsoWrite(() -> {
            done.run();
            if (othersWait) {
                concern.association().ifPresent(value -> forget(store.known(type, value)));
            }
        });
    }

    private TrackedEventMessage<?> read(long position) throws InterruptedException {
        try (var stream = axon.eventStore().openStream(new GlobalSequenceTrackingToken(position - 1))) {
            return stream.nextAvailable();
        }
    }

    /** On what is in memory; what is not, the store says when it reads it. */
    private void depend(Concern concern, ReactionBatch batch) {
        concern.association().ifPresent(value -> store.known(type, value).forEach(batch::dependsOn));
    }

    private static RuntimeException outage(Exception failure) {
        return failure instanceof RuntimeException outage ? outage : new IllegalStateException(failure);
    }

    void forget(Set<String> sagaIds) {
        store.forget(type, sagaIds);
    }

    @Override
    public void start() {}

    @Override
    public void shutDown() {}

    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public boolean isError() {
        return false;
    }
}
