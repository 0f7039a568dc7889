package orderplatform.eventstore;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.time.Duration;
import java.util.Optional;
import orderplatform.eventstore.reader.BatchEnd;
import orderplatform.eventstore.reader.LogReader;
import orderplatform.eventstore.reader.Outages;
import orderplatform.eventstore.saga.DeadlineFiring;
import orderplatform.eventstore.saga.SagaReactions;
import orderplatform.eventstore.saga.SagaSegments;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.StreamableMessageSource;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A parcel's way from sent to delivered; one that is not to be stamped is delivered when its deadline has passed. */
@Saga
@ProcessingGroup(Delivery.READER)
@ConditionalOnProperty("test.delivery")
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class Delivery {

    /** Switches it on, with the time between two stores. */
    public static final String STORE_EVERY = "test.delivery=";

    /** Has it react in the commit instead, beside {@link #STORE_EVERY} of any time. */
    public static final String REACTS = "test.delivery.reacts=true";

    /** How the names of parcels begin that wait for their deadline. */
    public static final String UNSTAMPED = "unstamped";

    public static final String READER = "delivery";

    private static final int SEGMENTS = 2;
    private static final Duration PATIENCE = Duration.ofMillis(100);

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("test.delivery")
    @Import(DeadlineFiring.class)
    static class Reader {

        @Bean
        ConfigurerModule deliveryReader(
                @Value("${test.delivery}") Duration storeEvery,
                @Value("${test.delivery.reacts:false}") boolean reacts,
                SagaReactions reactions) {
            var settings = TrackingEventProcessorConfiguration.forParallelProcessing(SEGMENTS)
                    .andInitialSegmentsCount(SEGMENTS)
                    .andBatchSize(20)
                    .andEventAvailabilityTimeout(
                            Math.max(1, storeEvery.toMillis()), java.util.concurrent.TimeUnit.MILLISECONDS)
                    .andInitialTrackingToken(StreamableMessageSource::createTailToken);
            return configurer -> configurer.eventProcessing(processors -> processors
                    .registerEventProcessor(
                            READER,
                            reacts
                                    ? reactions.processorOf(Delivery.class, event -> Optional.empty(), Outages.or())
                                    : LogReader.builder(
                                            settings,
                                            type -> true,
                                            SagaSegments.of(Delivery.class),
                                            storeEvery,
                                            Duration.ZERO,
                                            name -> null))
                    .registerDefaultHandlerInterceptor((configuration, processor) -> new BatchEnd())
                    .registerDefaultListenerInvocationErrorHandler(
                            configuration -> PropagatingErrorHandler.instance()));
        }
    }

    @Autowired
    private transient CommandGateway commands;

    @Autowired
    private transient DeadlineManager deadlines;

    private String parcel;
    private String deadline;

    @StartSaga
    @SagaEventHandler(associationProperty = "parcel")
    public void on(Parcel.Sent event) {
        parcel = event.parcel();
        deadline = deadlines.schedule(PATIENCE, "late");
        if (!parcel.startsWith(UNSTAMPED)) {
            send(new Parcel.Stamp(parcel));
        }
    }

    @SagaEventHandler(associationProperty = "parcel")
    public void on(Parcel.Stamped event) {
        deadlines.cancelSchedule("late", deadline);
        send(new Parcel.Deliver(parcel));
    }

    @DeadlineHandler(deadlineName = "late")
    public void late() {
        send(new Parcel.Deliver(parcel));
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "parcel")
    public void on(Parcel.Delivered event) {}

    private void send(Object command) {
        BatchEnd.await(CurrentUnitOfWork.get(), commands.send(command));
    }
}
