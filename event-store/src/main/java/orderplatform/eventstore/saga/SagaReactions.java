package orderplatform.eventstore.saga;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import orderplatform.eventstore.commit.ReactionBatch;
import orderplatform.eventstore.commit.ReactionBatch.Reaction;
import orderplatform.eventstore.commit.ReactionBatch.ToPark;
import orderplatform.eventstore.commit.Reactions;
import orderplatform.eventstore.reader.Checkpoint;
import orderplatform.eventstore.reader.ParkingTables;
import orderplatform.eventstore.saga.ReactingSagas.Concern;
import org.axonframework.config.EventProcessingConfigurer.EventProcessorBuilder;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.saga.SagaScopeDescriptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sagas that react in the commit of an event. Their rows, associations and deadlines are written in that commit, after
 * its events. A saga that fails for a reason of its own is parked with the event, and its later events wait behind it.
 *
 * <p>Two nodes that react to events of one saga conflict on the version of its row, as two writers of one stream do. After a
 * crash there is nothing to repeat: an event is stored with all that it led to, or not at all.
 */
public final class SagaReactions implements Reactions {

    private static final Logger LOG = LoggerFactory.getLogger(SagaReactions.class);

    /** Rows have no segments any more. */
    private static final int SEGMENT = 0;

    private final BatchedSagaStore store;
    private final SagaTables tables;
    private final ParkingTables parkings;
    private final MeterRegistry meters;
    private final Checkpoint memory = Checkpoint.ofReactions();
    private final List<ReactingSagas> sagas = new CopyOnWriteArrayList<>();

    SagaReactions(BatchedSagaStore store, SagaTables tables, ParkingTables parkings, MeterRegistry meters) {
        this.store = store;
        this.tables = tables;
        this.parkings = parkings;
        this.meters = meters;
    }

    /**
     * For {@link org.axonframework.config.EventProcessingConfigurer#registerEventProcessor}, which has to be done before the
     * first command is sent.
     *
     * @param type of sagas whose every event has the association that its saga began with
     * @param sequenceOf what events have in common that wait for each other. Must not fail if the event's payload can't be
     *     read
     * @param isOutage whether a failure says that something outside is gone: the whole batch fails with it
     */
    public EventProcessorBuilder processorOf(
            Class<?> type, Function<EventMessage<?>, Optional<String>> sequenceOf, Predicate<Throwable> isOutage) {
        return (name, configuration, handlers) -> {
            var reacting = new ReactingSagas(name, type, handlers, configuration, store, sequenceOf, isOutage);
            sagas.add(reacting);
            return reacting;
        };
    }

    /** All that are registered. */
    List<ReactingSagas> all() {
        return sagas;
    }

    /** The sagas of a deadline's scope, if they react in the commit. */
    Optional<ReactingSagas> of(ScopeDescriptor scope) {
        return scope instanceof SagaScopeDescriptor saga
                ? sagas.stream()
                        .filter(reacting -> reacting.isOf(saga.getType()))
                        .findFirst()
                : Optional.empty();
    }

    @Override
    public void begin(UnitOfWork<?> work) {
        memory.begin(work);
    }

    @Override
    public void react(EventMessage<?> event, ReactionBatch batch) {
        sagas.forEach(reacting -> reacting.concern(event).ifPresent(concern -> react(reacting, concern, batch)));
    }

    void react(ReactingSagas reacting, Concern concern, ReactionBatch batch) {
        var reaction = concern.reaction();
        var failure = batch.parking(reaction);
        if (failure != null || batch.isHeldBack(reaction) || isParked(reacting, concern)) {
            batch.park(new ToPark(reaction, concern.event(), failure));
        } else {
            reacting.react(concern, batch);
        }
    }

    /** Asked only if the saga is not in memory, where no parked one is. */
    private boolean isParked(ReactingSagas reacting, Concern concern) {
        return !reacting.isInMemory(concern) && isParked(concern.reaction());
    }

    /** Whether one of the sequences is parked that the saga's associations name. */
    boolean isParked(ReactingSagas reacting, String sagaId) {
        return tables.associationsOf(Set.of(sagaId)).values().stream()
                .flatMap(Set::stream)
                .anyMatch(value -> isParked(new Reaction(reacting.getName(), value.getValue())));
    }

    private boolean isParked(Reaction reaction) {
        return parkings.isParked(reaction.processor(), reaction.sequence());
    }

    @Override
    public Map<String, Long> expectedSagas() {
        return SagaWrites.current(tables).expected();
    }

    @Override
    public void forget(Set<String> sagaIds) {
        SagaWrites.current(tables).discard(sagaIds);
        sagas.forEach(reacting -> reacting.forget(sagaIds));
    }

    @Override
    public void store(ReactionBatch batch) {
        memory.store();
        batch.writes().forEach(Runnable::run);
        for (var event : batch.toPark()) {
            park(event, batch.position(event.event()));
        }
    }

    private void park(ToPark parked, long position) {
        var reaction = parked.reaction();
        if (parked.failure() == null || isParked(reaction)) {
            parkings.letWait(reaction.processor(), SEGMENT, reaction.sequence(), position);
        } else {
            sagas.stream()
                    .filter(reacting -> reacting.getName().equals(reaction.processor()))
                    .forEach(reacting -> reacting.forgetElsewhere(parked.event(), tables));
            parkings.park(reaction.processor(), SEGMENT, reaction.sequence(), position, parked.failure());
            LOG.error(
                    "{} parked {} at position {}; its later events wait",
                    reaction.processor(),
                    reaction.sequence(),
                    position,
                    parked.failure());
            parked(reaction.processor()).increment();
        }
    }

    private Counter parked(String processor) {
        return Counter.builder("eventstore.parkings")
                .description("Sequences that were parked")
                .tag("processor", processor)
                .register(meters);
    }

    @Override
    public void drop() {
        memory.drop();
    }
}
