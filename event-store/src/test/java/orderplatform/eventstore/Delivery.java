package orderplatform.eventstore;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import orderplatform.eventstore.commit.AfterCommit;
import orderplatform.eventstore.reader.Outages;
import orderplatform.eventstore.saga.DeadlineFiring;
import orderplatform.eventstore.saga.SagaReactions;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A parcel's way from sent to delivered; one that is not to be stamped is delivered when its deadline has passed. */
@Saga
@ProcessingGroup(Delivery.SAGAS)
@ConditionalOnProperty("test.delivery")
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class Delivery {

    /** Switches it on. */
    public static final String ON = "test.delivery=true";

    /** How the names of parcels begin that wait for their deadline. */
    public static final String UNSTAMPED = "unstamped";

    /** How the names of parcels begin that somebody else stamps, whose deadline is far away. */
    public static final String WAITING = "waiting";

    static final String SAGAS = "delivery";

    private static final Duration PATIENCE = Duration.ofMillis(100);

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("test.delivery")
    @Import(DeadlineFiring.class)
    static class Sagas {

        @Bean
        ConfigurerModule deliverySagas(SagaReactions reactions) {
            return configurer -> configurer.eventProcessing(processors -> processors.registerEventProcessor(
                    SAGAS, reactions.processorOf(Delivery.class, event -> Optional.empty(), Outages.or())));
        }
    }

    private static final Map<String, AtomicInteger> TOLD = new ConcurrentHashMap<>();

    /** How often somebody was told of a step of the parcel, after its commit. */
    public static int told(String parcel) {
        return TOLD.get(parcel).get();
    }

    @Autowired
    private transient CommandGateway commands;

    @Autowired
    private transient DeadlineManager deadlines;

    @Autowired
    private transient AfterCommit afterCommit;

    private String parcel;
    private String deadline;

    @StartSaga
    @SagaEventHandler(associationProperty = "parcel")
    public void on(Parcel.Sent event) {
        parcel = event.parcel();
        TOLD.put(parcel, new AtomicInteger());
        tell();
        boolean waits = parcel.startsWith(WAITING);
        deadline = deadlines.schedule(waits ? Duration.ofHours(1) : PATIENCE, "late");
        if (!waits && !parcel.startsWith(UNSTAMPED)) {
            commands.send(new Parcel.Stamp(parcel));
        }
    }

    @SagaEventHandler(associationProperty = "parcel")
    public void on(Parcel.Stamped event) {
        deadlines.cancelSchedule("late", deadline);
        tell();
        commands.send(new Parcel.Deliver(parcel));
    }

    @DeadlineHandler(deadlineName = "late")
    public void late() {
        commands.send(new Parcel.Deliver(parcel));
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "parcel")
    public void on(Parcel.Delivered event) {}

    private void tell() {
        afterCommit.run(TOLD.get(parcel)::incrementAndGet);
    }
}
