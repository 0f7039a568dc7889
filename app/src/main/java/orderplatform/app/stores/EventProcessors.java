package orderplatform.app.stores;

import java.util.stream.Stream;
import orderplatform.app.logging.MessageContext;
import orderplatform.command.inventory.StockHintUpdates;
import orderplatform.command.orders.OrderOutcomes;
import orderplatform.eventstore.reader.BatchEnd;
import orderplatform.eventstore.reader.LogReader;
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
                    var sagas = following(settings.sagaSegments(), settings.sagaBatch());
                    var projections = following(1, settings.projectionBatch());
                    register(processors, "fulfilment", sagas, "order.", "stock.", "payment.");
                    register(processors, "payments", sagas, "payment.");
                    register(processors, "orders", projections, "order.", "payment.");
                    register(processors, "stock", projections, "stock.");
                    register(processors, "relay", projections, "");
                });
    }

    private static void propagateErrors(EventProcessingConfigurer processors) {
        processors
                .registerDefaultHandlerInterceptor((configuration, processor) -> new MessageContext())
                .registerDefaultHandlerInterceptor((configuration, processor) -> new BatchEnd())
                .registerSubscribingEventProcessor(OrderOutcomes.PROCESSOR)
                .registerSubscribingEventProcessor(StockHintUpdates.PROCESSOR)
                .registerDefaultListenerInvocationErrorHandler(configuration -> PropagatingErrorHandler.instance());
    }

    private static TrackingEventProcessorConfiguration following(int segments, int batch) {
        return TrackingEventProcessorConfiguration.forParallelProcessing(segments)
                .andInitialSegmentsCount(segments)
                .andBatchSize(batch)
                .andInitialTrackingToken(StreamableMessageSource::createTailToken);
    }

    /** @param needed how the names of events begin that the reader must not pass over, known or not */
    private static void register(
            EventProcessingConfigurer processors,
            String name,
            TrackingEventProcessorConfiguration settings,
            String... needed) {
        processors.registerEventProcessor(
                name, LogReader.builder(settings, type -> Stream.of(needed).anyMatch(type::startsWith)));
    }
}
