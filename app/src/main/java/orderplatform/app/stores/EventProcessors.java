package orderplatform.app.stores;

import orderplatform.app.logging.MessageContext;
import orderplatform.command.inventory.StockHintUpdates;
import orderplatform.command.orders.OrderOutcomes;
import orderplatform.eventstore.reader.BatchEnd;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.StreamableMessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Every reader of the log starts at its beginning, follows it in batches, and stops at an event that it can't handle,
 * to try again: nothing is skipped.
 */
@Configuration(proxyBeanMethods = false)
class EventProcessors {

    private static final int SAGA_SEGMENTS = 2;
    private static final int PROJECTION_BATCH = 100;

    /** A saga batch holds its database transaction while its commands run. */
    private static final int SAGA_BATCH = 128;

    @Bean
    ConfigurerModule eventProcessorsModule() {
        return configurer -> configurer
                .eventProcessing(EventProcessors::propagateErrors)
                .eventProcessing(processors -> {
                    follow(processors, "fulfilment", SAGA_SEGMENTS, SAGA_BATCH);
                    follow(processors, "payments", SAGA_SEGMENTS, SAGA_BATCH);
                    follow(processors, "orders", 1, PROJECTION_BATCH);
                    follow(processors, "stock", 1, PROJECTION_BATCH);
                    follow(processors, "history", 1, PROJECTION_BATCH);
                    follow(processors, "relay", 1, PROJECTION_BATCH);
                });
    }

    private static void propagateErrors(EventProcessingConfigurer processors) {
        processors
                .usingTrackingEventProcessors()
                .registerDefaultHandlerInterceptor((configuration, processor) -> new MessageContext())
                .registerDefaultHandlerInterceptor((configuration, processor) -> new BatchEnd())
                .registerSubscribingEventProcessor(OrderOutcomes.PROCESSOR)
                .registerSubscribingEventProcessor(StockHintUpdates.PROCESSOR)
                .registerDefaultListenerInvocationErrorHandler(configuration -> PropagatingErrorHandler.instance());
    }

    private static void follow(EventProcessingConfigurer processors, String name, int segments, int batch) {
        processors.registerTrackingEventProcessorConfiguration(
                name,
                configuration -> TrackingEventProcessorConfiguration.forParallelProcessing(segments)
                        .andInitialSegmentsCount(segments)
                        .andBatchSize(batch)
                        .andInitialTrackingToken(StreamableMessageSource::createTailToken));
    }
}
