package orderplatform.eventstore.saga;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import orderplatform.app.simulation.Machine;
import orderplatform.app.simulation.Scheduler;
import orderplatform.app.stores.SimulatedStores;
import orderplatform.eventstore.commit.LaneCommandBus;
import orderplatform.eventstore.reader.NoParking;
import orderplatform.eventstore.reader.Outages;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.saga.ResourceInjector;
import org.axonframework.serialization.Serializer;
import org.springframework.beans.factory.annotation.Autowired;

/** One node's sagas and deadlines, on rows in memory. */
public final class SimulatedSagas {

    private static final int IN_MEMORY = 5;
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int AT_ONCE = 200;

    private final Scheduler scheduler;
    private final Serializer serializer;
    private final SagaMemory memory;
    private final SagaReactions reactions;

    public SimulatedSagas(Scheduler scheduler, MemorySagas table, Serializer serializer) {
        this.scheduler = scheduler;
        this.serializer = serializer;
        memory = new SagaMemory(serializer, IN_MEMORY);
        reactions = new SagaReactions(memory, table, new NoParking(), new CompositeMeterRegistry());
    }

    public SagaReactions reactions() {
        return reactions;
    }

    public DeadlineManager deadlines() {
        return new SagaDeadlines(memory, serializer);
    }

    /** @param resources what the sagas of the type have injected, by type */
    public void react(String name, Class<?> type, Map<Class<?>, Object> resources) {
        reactions
                .add(name, type, configuration(resources), event -> Optional.empty(), Outages.or())
                .registerHandlerInterceptor(new CorrelationDataInterceptor<>(SimulatedStores.CORRELATION));
    }

    private Configuration configuration(Map<Class<?>, Object> resources) {
        return DefaultConfigurer.defaultConfiguration(false)
                .configureSerializer(axon -> serializer)
                .registerComponent(ResourceInjector.class, axon -> saga -> inject(saga, resources))
                .buildConfiguration();
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
        var runner = new DeadlineRunner(reactions, lane) {

            @Override
            void sleepUntil(Instant time) {}

            @Override
            void await(Future<?> stored) throws InterruptedException, ExecutionException {
                scheduler.await(stored::isDone);
                stored.get();
            }
        };
        scheduler.spawn(machine, machine.name() + "/deadlines", () -> {
            while (true) {
                try {
                    runner.fire(reactions.dueUntil(GenericEventMessage.clock.instant(), AT_ONCE));
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                } catch (RuntimeException unreachable) {
                    // The next look finds them.
                }
                scheduler.sleep(LOOK);
            }
        });
    }
}
