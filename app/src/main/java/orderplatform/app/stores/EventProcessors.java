package orderplatform.app.stores;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import orderplatform.app.logging.MessageContext;
import orderplatform.command.inventory.StockHintUpdates;
import orderplatform.command.orders.OrderOutcomes;
import orderplatform.eventstore.parking.Parking;
import orderplatform.eventstore.projection.Projections;
import orderplatform.eventstore.reader.BatchEnd;
import orderplatform.eventstore.reader.LogReader;
import orderplatform.saga.fulfilment.OrderFulfilment;
import orderplatform.saga.payments.PaymentExecution;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfigurer;
import org.axonframework.config.EventProcessingConfigurer.EventProcessorBuilder;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.TrackingEventProcessorConfiguration;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Every reader of the log starts at its beginning and follows it in batches. At an event that it can't handle it tries
 * again, and parks it in the end if it can: nothing is skipped.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReaderSettings.class)
class EventProcessors {

    private static final ReaderStorage EVERY_BATCH = new ReaderStorage() {

        @Override
        public @Nullable Parking parking(String reader) {
            return null;
        }

        @Override
        public @Nullable EventProcessorBuilder reacting(
                Class<?> saga, Function<EventMessage<?>, Optional<String>> associationOf) {
            return null;
        }

        @Override
        public Duration interval() {
            return Duration.ZERO;
        }
    };

    @Bean
    ConfigurerModule eventProcessorsModule(
            ReaderSettings settings, ObjectProvider<ReaderStorage> storage, ListableBeanFactory beans) {
        return configurer -> configurer
                .eventProcessing(EventProcessors::propagateErrors)
                .eventProcessing(processors -> {
                    var readers = new Readers(
                            processors, settings, storage.getIfAvailable(() -> EVERY_BATCH), new HashSet<>());
                    readers.reacting(
                            OrderFulfilment.PROCESSOR,
                            OrderFulfilment.class,
                            EventOwners::order,
                            "order.",
                            "stock.",
                            "payment.");
                    readers.reacting(
                            PaymentExecution.PROCESSOR, PaymentExecution.class, EventOwners::payment, "payment.");
                    readers.relay("relay");
                    Projections.in(beans)
                            .forEach((name, projection) -> readers.projection(
                                    name, () -> projection.get().eventTypes()));
                });
    }

    private static void propagateErrors(EventProcessingConfigurer processors) {
        processors
                .registerDefaultHandlerInterceptor((configuration, processor) -> new MessageContext())
                .registerSubscribingEventProcessor(OrderOutcomes.PROCESSOR)
                .registerSubscribingEventProcessor(StockHintUpdates.PROCESSOR)
                .registerDefaultListenerInvocationErrorHandler(configuration -> PropagatingErrorHandler.instance());
    }

    /** @param names of those that are registered: Axon would let one of the same name take the place of another */
    private record Readers(
            EventProcessingConfigurer processors, ReaderSettings settings, ReaderStorage storage, Set<String> names) {

        void reacting(
                String name,
                Class<?> saga,
                Function<EventMessage<?>, Optional<String>> associationOf,
                String... needed) {
            var reacting = storage.reacting(saga, associationOf);
            if (reacting == null) {
                follow(name, needed);
            } else {
                take(name);
                processors.registerEventProcessor(name, reacting);
            }
        }

        private void follow(String name, String... needed) {
            var following = following(settings.sagaSegments(), settings.sagaBatch());
            register(name, following, storage.interval(), Duration.ZERO, () -> List.of(needed));
        }

        private void take(String name) {
            if (!names.add(name)) {
                throw new IllegalStateException("Processing group %s is another reader's".formatted(name));
            }
        }

        void projection(String name, Supplier<List<String>> needed) {
            register(name, following(1, settings.projectionBatch()), Duration.ZERO, settings.gather(), needed);
        }

        void relay(String name) {
            var following = following(1, settings.projectionBatch());
            register(name, following, storage.interval(), Duration.ZERO, () -> List.of(""));
        }

        private static TrackingEventProcessorConfiguration following(int segments, int batch) {
            return TrackingEventProcessorConfiguration.forParallelProcessing(segments)
                    .andInitialSegmentsCount(segments)
                    .andBatchSize(batch)
                    .andInitialTrackingToken(StreamableMessageSource::createTailToken);
        }

        /** @param needed how the names of events begin that the reader must not pass over, known or not */
        private void register(
                String name,
                TrackingEventProcessorConfiguration following,
                Duration storeEvery,
                Duration gather,
                Supplier<List<String>> needed) {
            take(name);
            processors.registerHandlerInterceptor(name, configuration -> new BatchEnd());
            processors.registerEventProcessor(
                    name,
                    LogReader.builder(
                            storeEvery.isZero()
                                    ? following
                                    : following.andEventAvailabilityTimeout(
                                            storeEvery.toMillis(), TimeUnit.MILLISECONDS),
                            type -> needed.get().stream().anyMatch(type::startsWith),
                            storeEvery,
                            gather,
                            storage::parking));
        }
    }
}
