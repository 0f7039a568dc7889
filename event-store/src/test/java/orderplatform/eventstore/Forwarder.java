package orderplatform.eventstore;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import orderplatform.eventstore.reader.BatchEnd;
import orderplatform.eventstore.reader.LogReader;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A reader that stores now and then how far it got, as what it does may be done again. */
@ProcessingGroup(Forwarder.READER)
public class Forwarder {

    /** Switches it on, with the time between two stores. */
    public static final String STORE_EVERY = "test.forwarder=";

    public static final String READER = "forwarder";

    private final AtomicInteger forwarded = new AtomicInteger();

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("test.forwarder")
    @Import(Forwarder.class)
    static class Reader {

        @Bean
        ConfigurerModule forwarding(@Value("${test.forwarder}") Duration storeEvery) {
            var settings = TrackingEventProcessorConfiguration.forSingleThreadedProcessing()
                    .andBatchSize(2)
                    .andEventAvailabilityTimeout(storeEvery.toMillis(), TimeUnit.MILLISECONDS)
                    .andInitialTrackingToken(StreamableMessageSource::createTailToken);
            return configurer -> configurer.eventProcessing(processors -> processors
                    .registerHandlerInterceptor(READER, configuration -> new BatchEnd())
                    .registerEventProcessor(
                            READER,
                            LogReader.builder(settings, type -> true, storeEvery, Duration.ZERO, name -> null)));
        }
    }

    @EventHandler
    void on(EventMessage<?> event) {
        forwarded.incrementAndGet();
    }

    /** Number of events. */
    public int forwarded() {
        return forwarded.get();
    }
}
