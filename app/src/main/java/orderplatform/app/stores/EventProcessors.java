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
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Every reader of the log starts at its beginning and follows it in batches. At an event that it can't handle it tries
 * again, and parks it in the end where it can: nothing is skipped.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReaderSettings.class)
class EventProcessors {

    @Bean
    ConfigurerModule eventProcessorsModule(ReaderSettings settings, ObjectProvider<ReaderParking> parking) {
        return configurer -> configurer
                .eventProcessing(EventProcessors::propagateErrors)
                .eventProcessing(processors -> {
                    var readers = new Readers(processors, parking.getIfAvailable(() -> name -> null));
                    var sagas = following(settings.sagaSegments(), settings.sagaBatch());
                    var projections = following(1, settings.projectionBatch());
                    readers.register("fulfilment", sagas, "order.", "stock.", "payment.");
                    readers.register("payments", sagas, "payment.");
                    readers.register("orders", projections, "order.", "payment.");
                    readers.register("stock", projections, "stock.");
                    readers.register("relay", projections, "");
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

    private record Readers(EventProcessingConfigurer processors, ReaderParking parking) {

        /** @param needed how the names of events begin that the reader must not pass over, known or not */
        void register(String name, TrackingEventProcessorConfiguration settings, String... needed) {
            processors.registerEventProcessor(
                    name,
                    LogReader.builder(settings, type -> Stream.of(needed).anyMatch(type::startsWith), parking::of));
        }
    }
}
