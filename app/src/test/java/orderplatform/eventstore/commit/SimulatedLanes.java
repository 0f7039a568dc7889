package orderplatform.eventstore.commit;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import orderplatform.app.simulation.Machine;
import orderplatform.app.simulation.Scheduler;
import orderplatform.eventstore.log.SimulatedLog;
import orderplatform.eventstore.log.Staging;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.distributed.AnnotationRoutingStrategy;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.NoSnapshotTriggerDefinition;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.Repository;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;

/** One node's lanes, whose turns are given by the simulation instead of threads of their own. */
public final class SimulatedLanes {

    private static final LaneSettings SETTINGS = new LaneSettings(16, 64, 5, 1_000, 1_000);
    private static final Map<Class<?>, AggregateModel<?>> MODELS = new ConcurrentHashMap<>();

    private final SimulatedLog log;
    private final CurrentBatch current = new CurrentBatch();
    private final AggregateMemory aggregates;
    private final CommandTargets targets = new CommandTargets(AnnotationRoutingStrategy.defaultStrategy());
    private final LaneCommandBus bus;

    public SimulatedLanes(
            Scheduler scheduler,
            Machine machine,
            Function<Staging, SimulatedLog> logOf,
            TransactionManager transactions,
            Reactions reactions) {
        log = logOf.apply(current);
        aggregates = new AggregateMemory(SETTINGS.aggregates(), log.engine(), new CompositeMeterRegistry());
        var metrics = new LaneMetrics(new CompositeMeterRegistry());
        var transaction =
                new BatchTransaction(current, transactions, log.engine(), log.store(), aggregates, reactions, SETTINGS);
        bus = new LaneCommandBus(
                SimpleCommandBus.builder(),
                AnnotationRoutingStrategy.defaultStrategy(),
                current,
                new GroupCommit(transaction, aggregates, reactions, SETTINGS.attempts(), metrics),
                SETTINGS,
                metrics,
                lane -> scheduler.spawn(machine, machine.name() + "/lane", () -> {
                    while (true) {
                        scheduler.await(lane::hasWork);
                        lane.turn(Duration.ZERO);
                    }
                }));
    }

    public LaneCommandBus bus() {
        return bus;
    }

    public AfterCommit afterCommit() {
        return current;
    }

    /** What the lanes append to. */
    public SimulatedLog log() {
        return log;
    }

    /** Has the aggregate's commands handled, as Spring's configuration of it would. */
    public <T> void handle(Class<T> aggregate) {
        var model = model(aggregate);
        AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(aggregate)
                .aggregateModel(model)
                .repository(new BatchRepository<>(
                        model,
                        SimulatedLanes::noOther,
                        NoSnapshotTriggerDefinition.INSTANCE,
                        log.store(),
                        aggregates,
                        current))
                .commandTargetResolver(targets)
                .build()
                .subscribe(bus);
    }

    private static <T> Repository<T> noOther(Class<T> aggregate) {
        throw new UnsupportedOperationException("No aggregate creates a " + aggregate);
    }

    @SuppressWarnings("unchecked") // each is kept under its own class
    private static <T> AggregateModel<T> model(Class<T> aggregate) {
        return (AggregateModel<T>)
                MODELS.computeIfAbsent(aggregate, AnnotatedAggregateMetaModelFactory::inspectAggregate);
    }
}
