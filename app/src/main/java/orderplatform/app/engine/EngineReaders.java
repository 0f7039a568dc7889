package orderplatform.app.engine;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import orderplatform.api.orders.OrderId;
import orderplatform.api.payments.PaymentId;
import orderplatform.app.logging.MessageContext;
import orderplatform.app.stores.ReaderSettings;
import orderplatform.app.stores.ReaderStorage;
import orderplatform.eventstore.reader.Outages;
import orderplatform.eventstore.reader.Parking;
import orderplatform.eventstore.reader.ParkingRules;
import orderplatform.eventstore.reader.ParkingTables;
import orderplatform.eventstore.saga.SagaReactions;
import orderplatform.saga.payments.PaymentExecution;
import org.axonframework.config.EventProcessingConfigurer.EventProcessorBuilder;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.amqp.AmqpException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** What readers of the log store, how often, and what waits behind an event that can't be handled. */
@Profile("!stock")
@Configuration(proxyBeanMethods = false)
class EngineReaders {

    /** Whose rows several streams of an order change. */
    private static final String BY_ORDER = "orders";

    @Bean
    ReaderStorage readerStorage(
            ParkingTables tables, SagaReactions reactions, ReaderSettings settings, MeterRegistry meters) {
        return new ReaderStorage() {

            @Override
            public Parking parking(String reader) {
                var rules = new ParkingRules(
                        BY_ORDER.equals(reader) ? EngineReaders::order : EngineReaders::stream,
                        Outages.or(AmqpException.class),
                        settings.attempts());
                return new Parking(reader, rules, tables, meters);
            }

            @Override
            public EventProcessorBuilder reacting(Class<?> saga) {
                return reactions.processorOf(
                        saga,
                        saga == PaymentExecution.class ? EngineReaders::payment : EngineReaders::order,
                        Outages.or());
            }

            @Override
            public Duration interval() {
                return settings.storeEvery();
            }
        };
    }

    /** By its stream's name where the event can't be read. */
    private static Optional<String> order(EventMessage<?> event) {
        return MessageContext.orderOf(event)
                .map(OrderId::value)
                .or(() -> stream(event).map(stream -> stream.replaceFirst("^(order-|payment-pay-)", "")));
    }

    private static Optional<String> payment(EventMessage<?> event) {
        return order(event).map(order -> PaymentId.of(new OrderId(order)).value());
    }

    private static Optional<String> stream(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> of ? Optional.of(of.getAggregateIdentifier()) : Optional.empty();
    }
}
