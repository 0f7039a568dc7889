package orderplatform.eventstore.saga;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import orderplatform.eventstore.commit.ReactionBatch;
import orderplatform.eventstore.commit.ReactionBatch.Reaction;
import orderplatform.eventstore.commit.ReactionBatch.ToPark;
import orderplatform.eventstore.commit.Reactions;
import orderplatform.eventstore.log.SagaChange;
import orderplatform.eventstore.parking.ParkingTables;
import orderplatform.eventstore.saga.SagaType.Concern;
import org.axonframework.config.Configuration;
import org.axonframework.config.EventProcessingConfigurer.EventProcessorBuilder;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sagas that react in the commit of an event. The append writes their rows with the events. A saga that fails for a reason
 * of its own is parked with the event, and its later events wait behind it.
 *
 * <p>Two nodes that react to events of one saga conflict on the version of its row, as two writers of one stream do. After a
 * crash there is nothing to repeat: an event is stored with all that it led to, or not at all.
 */
public final class SagaReactions implements Reactions {

    private static final Logger LOG = LoggerFactory.getLogger(SagaReactions.class);

    /** Rows have no segments any more. */
    private static final int SEGMENT = 0;

    private final SagaMemory memory;
    private final SagaTable table;
    private final ParkingTables parkings;
    private final MeterRegistry meters;
    private final List<ReactingSagas> sagas = new CopyOnWriteArrayList<>();

    SagaReactions(SagaMemory memory, SagaTable table, ParkingTables parkings, MeterRegistry meters) {
        this.memory = memory;
        this.table = table;
        this.parkings = parkings;
        this.meters = meters;
    }

    /**
     * For {@link org.axonframework.config.EventProcessingConfigurer#registerEventProcessor}, which has to be done before the
     * first command is sent.
     *
     * @param type of sagas whose every event has the association that its saga began with, which no other saga has
     * @param associationOf value of an event's association if its payload can't be read; must not fail
     * @param isOutage whether a failure says that something outside is gone: the whole batch fails with it
     */
    public EventProcessorBuilder processorOf(
            Class<?> type, Function<EventMessage<?>, Optional<String>> associationOf, Predicate<Throwable> isOutage) {
        return (name, axon, axonsOwn) -> add(name, type, axon, associationOf, isOutage);
    }

    @SuppressWarnings("unchecked") // a model takes any saga of its type
    ReactingSagas add(
            String name,
            Class<?> type,
            Configuration axon,
            Function<EventMessage<?>, Optional<String>> associationOf,
            Predicate<Throwable> isOutage) {
        var models = new AnnotationSagaMetaModelFactory(axon.parameterResolverFactory(), axon.handlerDefinition(type));
        var model = models.modelOf((Class<Object>) type);
        var reacting =
                new ReactingSagas(new SagaType(name, type, model, axon, associationOf), axon, memory, table, isOutage);
        sagas.add(reacting);
        return reacting;
    }

    /** All that are registered. */
    List<ReactingSagas> all() {
        return sagas;
    }

    @Override
    public void readAhead(Set<String> ids) {
        var wanted = new HashMap<String, Reaction>();
        for (var id : ids) {
            for (var reacting : sagas) {
                if (reacting.type().isId(id) && memory.find(id) == null) {
                    wanted.put(id, reacting.type().reaction(id));
                }
            }
        }
        if (!wanted.isEmpty()) {
            memory.readAhead(table.find(wanted));
        }
    }

    @Override
    public void react(EventMessage<?> event, ReactionBatch batch) {
        sagas.forEach(reacting -> reacting.type().concern(event).ifPresent(concern -> react(reacting, concern, batch)));
    }

    void react(ReactingSagas reacting, Concern concern, ReactionBatch batch) {
        var reaction = concern.reaction();
        var failure = batch.parking(reaction);
        if (failure != null || batch.isHeldBack(reaction) || !reacting.react(concern, false, batch)) {
            batch.park(new ToPark(reaction, concern.event(), failure));
        }
    }

    /** The sagas that may have a deadline until then, the first due first. */
    List<SagaTable.Due> dueUntil(Instant time, int atMost) {
        var processors =
                sagas.stream().map(ReactingSagas::type).collect(Collectors.toMap(SagaType::name, SagaType::processor));
        return table.dueUntil(time, processors, atMost);
    }

    /**
     * Handles what is due.
     *
     * @param by what is due by then is due
     */
    void fire(SagaTable.Row row, Instant by, ReactionBatch batch) {
        sagas.stream()
                .filter(reacting -> reacting.type().name().equals(row.type()))
                .forEach(reacting -> reacting.fire(row, by, batch));
    }

    /** Nobody looks for the saga's deadlines before then. */
    void postpone(String sagaId, Instant due) {
        table.postpone(sagaId, due);
    }

    @Override
    public List<SagaChange> changes() {
        return memory.changes();
    }

    @Override
    public void forget(Set<String> sagaIds) {
        memory.forget(sagaIds);
    }

    @Override
    public void store(ReactionBatch batch) {
        batch.writes().forEach(Runnable::run);
        for (var event : batch.toPark()) {
            park(event, batch.position(event.event()));
        }
    }

    private void park(ToPark parked, long position) {
        var reaction = parked.reaction();
        if (parked.failure() == null || parkings.isParked(reaction.processor(), reaction.sequence())) {
            parkings.letWait(reaction.processor(), SEGMENT, reaction.sequence(), position);
        } else {
            sagas.stream()
                    .filter(reacting -> reacting.getName().equals(reaction.processor()))
                    .forEach(reacting -> reacting.forgetElsewhere(reaction));
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
    public void committed() {
        memory.committed();
    }

    @Override
    public void drop() {
        memory.drop();
    }
}
