package orderplatform.eventstore.saga;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Supplier;
import orderplatform.app.simulation.Machine;
import orderplatform.app.simulation.Scheduler;
import orderplatform.app.stores.SimulatedStores;
import orderplatform.eventstore.commit.LaneCommandBus;
import orderplatform.eventstore.reader.NoParking;
import orderplatform.eventstore.reader.Outages;
import org.axonframework.common.lock.Lock;
import org.axonframework.common.lock.LockFactory;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.ScopeAware;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.messaging.annotation.NoMoreInterceptors;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.modelling.saga.AnnotatedSagaManager;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.axonframework.modelling.saga.repository.AnnotatedSagaRepository;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Autowired;

/** One node's sagas and deadlines, on tables in memory. */
public final class SimulatedSagas {

    private static final int IN_MEMORY = 5;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int AT_ONCE = 200;
    private static final Map<Class<?>, SagaModel<?>> MODELS = new ConcurrentHashMap<>();

    private final Scheduler scheduler;
    private final MemorySagas tables;
    private final Serializer serializer;
    private final BatchedSagaStore store;
    private final BatchedDeadlines deadlines;
    private final TransactionManager transactions;
    private final SagaReactions reactions;
    private final Consumer<UnitOfWork<?>> awaitCommands;
    private final List<ScopeAware> managers = new ArrayList<>();
    private final Map<String, SagaLock> locks = new HashMap<>();

    /** @param awaitCommands returns when the unit of work's commands are done */
    public SimulatedSagas(
            Scheduler scheduler,
            MemorySagas tables,
            Serializer serializer,
            TransactionManager transactions,
            Consumer<UnitOfWork<?>> awaitCommands) {
        this.scheduler = scheduler;
        this.tables = tables;
        this.awaitCommands = awaitCommands;
        store = new BatchedSagaStore(tables, serializer, IN_MEMORY);
        deadlines = new BatchedDeadlines(tables, serializer);
        this.serializer = serializer;
        this.transactions = transactions;
        reactions = new SagaReactions(store, tables, new NoParking(), new CompositeMeterRegistry());
    }

    public SagaReactions reactions() {
        return reactions;
    }

    /** Has the sagas of one type react in the commit. */
    public void react(String name, Class<?> type, EventHandlerInvoker manager) {
        var processor = reactions
                .processorOf(type, event -> Optional.empty(), Outages.or())
                .build(name, null, manager);
        processor.registerHandlerInterceptor(new CorrelationDataInterceptor<>(SimulatedStores.CORRELATION));
    }

    /** Whose unit of work finds its commands done when it comes to wait for them, which would stop the simulation. */
    private ScopeAware waiting(ScopeAware manager) {
        return new ScopeAware() {

            @Override
            public void send(Message<?> message, ScopeDescriptor scope) throws Exception {
                manager.send(message, scope);
                awaitCommands.accept(CurrentUnitOfWork.get());
            }

            @Override
            public boolean canResolve(ScopeDescriptor scope) {
                return manager.canResolve(scope);
            }
        };
    }

    public DeadlineManager deadlines() {
        return deadlines;
    }

    /** @param resources what its sagas have injected, by type */
    @SuppressWarnings("unchecked") // the model is kept under its class, and the store takes any saga
    public <S> AnnotatedSagaManager<S> manage(Class<S> type, Supplier<S> factory, Map<Class<?>, Object> resources) {
        var model = (SagaModel<S>) MODELS.computeIfAbsent(type, it -> new AnnotationSagaMetaModelFactory().modelOf(it));
        var repository = AnnotatedSagaRepository.<S>builder()
                .sagaType(type)
                .sagaModel(model)
                .sagaStore(store)
                .interceptorMemberChain(NoMoreInterceptors.instance())
                .resourceInjector(saga -> inject(saga, resources))
                .lockFactory((LockFactory)
                        id -> locks.computeIfAbsent(id, it -> new SagaLock()).take())
                .build();
        var manager = AnnotatedSagaManager.<S>builder()
                .sagaType(type)
                .sagaFactory(factory)
                .sagaModel(model)
                .sagaRepository(repository)
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                .build();
        managers.add(manager);
        return manager;
    }

    private static void inject(Object saga, Map<Class<?>, Object> resources) {
        Arrays.stream(saga.getClass().getDeclaredFields())
                .filter(field -> Modifier.isTransient(field.getModifiers()))
                .filter(field -> field.isAnnotationPresent(Autowired.class))
                .forEach(field -> set(field, saga, resources.get(field.getType())));
    }

    private static void set(Field field, Object saga, Object resource) {
        try {
            field.setAccessible(true);
            field.set(saga, resource);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Fires deadlines as the runner's own thread does. */
    public void fireDeadlines(Machine machine, LaneCommandBus lane) {
        var runner =
                new DeadlineRunner(
                        tables,
                        serializer,
                        scope -> managers.stream()
                                .map(manager -> reactions.of(scope).isPresent() ? manager : waiting(manager)),
                        transactions,
                        List.of(SimulatedStores.CORRELATION),
                        reactions,
                        lane) {

                    @Override
                    void await(Future<?> stored) throws InterruptedException, ExecutionException {
                        scheduler.await(stored::isDone);
                        stored.get();
                    }
                };
        scheduler.spawn(machine, machine.name() + "/deadlines", () -> {
            while (true) {
                try {
                    tables.dueUntil(GenericEventMessage.clock.instant(), AT_ONCE)
                            .forEach(due -> runner.fire(due.id()));
                } catch (RuntimeException unreachable) {
                    // The next look finds them.
                }
                scheduler.sleep(LOOK);
            }
        });
    }

    /** In place of Axon's, which would stop the simulation. */
    private final class SagaLock implements Lock {

        private Object owner;
        private int held;

        SagaLock take() {
            var me = scheduler.self();
            scheduler.await(() -> held == 0 || owner == me);
            owner = me;
            held++;
            return this;
        }

        @Override
        public void release() {
            held--;
        }

        @Override
        public boolean isHeld() {
            return held > 0 && owner == scheduler.self();
        }
    }
}
