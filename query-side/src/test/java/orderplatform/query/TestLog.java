package orderplatform.query;

import orderplatform.eventstore.reader.BatchEnd;
import org.axonframework.config.ConfigurerModule;
import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import tools.jackson.databind.json.JsonMapper;

/** A log in memory and tracking processors on it. */
@Configuration(proxyBeanMethods = false)
class TestLog {

    @Bean
    EventStorageEngine eventStorageEngine() {
        return new InMemoryEventStorageEngine();
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer() {
        return Jackson3Serializer.builder().build();
    }

    @Bean
    TokenStore tokenStore() {
        return new InMemoryTokenStore();
    }

    @Bean
    ConfigurerModule trackingProcessors() {
        return configurer -> configurer.eventProcessing(processors -> processors
                .usingTrackingEventProcessors()
                .registerDefaultHandlerInterceptor((configuration, processor) -> new BatchEnd())
                .registerDefaultListenerInvocationErrorHandler(configuration -> PropagatingErrorHandler.instance()));
    }

    @Bean
    MemoryLog memoryLog(EventStorageEngine engine, @Lazy EventProcessingConfiguration processors, JsonMapper json) {
        return new MemoryLog(engine, processors, json);
    }
}
