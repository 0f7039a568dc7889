package orderplatform.app.engine;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import orderplatform.app.stores.EventOwners;
import orderplatform.app.stores.ReaderSettings;
import orderplatform.app.stores.ReaderStorage;
import orderplatform.eventstore.parking.Parking;
import orderplatform.eventstore.parking.ParkingRules;
import orderplatform.eventstore.parking.ParkingTables;
import orderplatform.eventstore.reader.Outages;
import orderplatform.eventstore.saga.SagaReactions;
import org.axonframework.config.EventProcessingConfigurer.EventProcessorBuilder;
import org.axonframework.eventhandling.EventMessage;
import org.springframework.amqp.AmqpException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** What readers of the log store, how often, and what waits behind an event that can't be handled. */
@Profile("!baseline")
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
                        BY_ORDER.equals(reader) ? EventOwners::order : EventOwners::stream,
                        Outages.or(AmqpException.class),
                        settings.attempts());
                return new Parking(reader, rules, tables, meters);
            }

            @Override
            public EventProcessorBuilder reacting(
                    Class<?> saga, Function<EventMessage<?>, Optional<String>> associationOf) {
                return reactions.processorOf(saga, associationOf, Outages.or());
            }

            @Override
            public Duration interval() {
                return settings.storeEvery();
            }
        };
    }
}
