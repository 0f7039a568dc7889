package orderplatform.eventstore.commit;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import orderplatform.app.simulation.Machine;
import orderplatform.app.simulation.Scheduler;
import orderplatform.eventstore.log.SimulatedLog;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.distributed.AnnotationRoutingStrategy;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.modelling.command.AggregateAnnotationCommandHandler;
import org.axonframework.modelling.command.inspection.AggregateModel;
import org.axonframework.modelling.command.inspection.AnnotatedAggregateMetaModelFactory;

/** One node's lanes, whose turns are given by the simulation instead of threads of their own. */
public final class SimulatedLanes {

    private static final LaneSettings SETTINGS = new LaneSettings(16, 64, 5, 1_000, 1_000);
    private static final Map<Class<?>, AggregateModel<?>> MODELS = new ConcurrentHashMap<>();

    private final SimulatedLog log;
    private final AggregateCache aggregates;
    private final CommandTargets targets = new CommandTargets(AnnotationRoutingStrategy.defaultStrategy());
    private final LaneCommandBus bus;

    public SimulatedLanes(
            Scheduler scheduler,
            Machine machine,
            SimulatedLog log,
            TransactionManager transactions,
            Reactions reactions) {
        this.log = log;
        aggregates = new AggregateCache(SETTINGS.aggregates(), log.engine(), new CompositeMeterRegistry());
        var metrics = new LaneMetrics(new CompositeMeterRegistry());
        bus = new LaneCommandBus(
                SimpleCommandBus.builder(),
                AnnotationRoutingStrategy.defaultStrategy(),
                SETTINGS,
                lanes -> new GroupCommit(lanes, transactions, log.engine(), aggregates, reactions, SETTINGS, metrics),
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

    /** Has the aggregate's commands handled, as Spring's configuration of it would. */
    public <T> void handle(Class<T> aggregate) {
        var model = model(aggregate);
        AggregateAnnotationCommandHandler.<T>builder()
                .aggregateType(aggregate)
                .aggregateModel(model)
                .repository(EventSourcingRepository.builder(aggregate)
                        .aggregateModel(model)
                        .eventStore(log.store())
                        .cache(aggregates)
                        .build())
                .commandTargetResolver(targets)
                .build()
                .subscribe(bus);
    }

    @SuppressWarnings("unchecked") // each is kept under its own class
    private static <T> AggregateModel<T> model(Class<T> aggregate) {
        return (AggregateModel<T>)
                MODELS.computeIfAbsent(aggregate, AnnotatedAggregateMetaModelFactory::inspectAggregate);
    }
}
