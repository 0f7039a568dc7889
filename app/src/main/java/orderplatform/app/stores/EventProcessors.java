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
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Every reader of the log starts at its beginning, follows it in batches, and stops at an event that it can't handle,
 * to try again: nothing is skipped.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReaderSettings.class)
class EventProcessors {

    @Bean
    ConfigurerModule eventProcessorsModule(ReaderSettings settings) {
        return configurer -> configurer
                .eventProcessing(EventProcessors::propagateErrors)
                .eventProcessing(processors -> {
                    follow(processors, "fulfilment", settings.sagaSegments(), settings.sagaBatch());
                    follow(processors, "payments", settings.sagaSegments(), settings.sagaBatch());
                    follow(processors, "orders", 1, settings.projectionBatch());
                    follow(processors, "stock", 1, settings.projectionBatch());
                    follow(processors, "relay", 1, settings.projectionBatch());
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
