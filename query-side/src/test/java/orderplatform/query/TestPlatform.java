package orderplatform.query;

import orderplatform.query.notifications.NotificationProperties;
import orderplatform.query.relay.RelayProperties;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;

/** Both roles on a log in memory; everything else is as in production. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({QuerySideConfiguration.class, RelayConfiguration.class})
public class TestPlatform {

    @Bean
    EventStorageEngine eventStorageEngine() {
        return new InMemoryEventStorageEngine();
    }

    @Bean
    TokenStore tokenStore() {
        return new InMemoryTokenStore();
    }

    @Bean
    ConfigurerModule trackingProcessors() {
        return configurer -> configurer.eventProcessing(processors -> processors
                .usingTrackingEventProcessors()
                .registerDefaultListenerInvocationErrorHandler(configuration -> PropagatingErrorHandler.instance()));
    }

    @Bean
    MemoryLog memoryLog(EventStorageEngine engine, @Lazy EventProcessingConfiguration processors) {
        return new MemoryLog(engine, processors);
    }

    @Bean
    DisposableBean cleanBroker(AmqpAdmin admin, RelayProperties relay, NotificationProperties notifications) {
        return () -> {
            admin.deleteQueue(notifications.queue());
            admin.deleteQueue(notifications.deadLetters());
            admin.deleteExchange(notifications.deadLetters());
            admin.deleteExchange(relay.exchange());
        };
    }
}
