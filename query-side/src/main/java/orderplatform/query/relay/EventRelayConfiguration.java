package orderplatform.query.relay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Objects;
import orderplatform.query.log.EventLog;
import orderplatform.query.projections.ProjectionLag;
import orderplatform.query.projections.ProjectionPositions;
import org.axonframework.serialization.Serializer;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.amqp.core.ExchangeBuilder;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;
import tools.jackson.databind.json.JsonMapper;

/** The relay and its exchange. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RelayProperties.class)
@PropertySource("classpath:orderplatform/query/relay/broker-defaults.properties")
public class EventRelayConfiguration {

    @Bean
    TopicExchange eventExchange(RelayProperties properties) {
        return ExchangeBuilder.topicExchange(properties.exchange())
                .durable(true)
                .build();
    }

    @Bean
    EventRelay eventRelay(
            ConnectionFactory connections,
            AmqpAdmin admin,
            RelayProperties properties,
            JsonMapper json,
            @Qualifier("eventSerializer") Serializer events,
            MeterRegistry meters) {
        declareBeforePublishing(connections, admin);
        return new EventRelay(
                new CloudEvents(json, events, properties), new ConfirmedPublisher(connections, properties, meters));
    }

    /**
     * The admin leaves out the declarations for a connection that opens while it makes them for another one. The relay
     * would publish into an exchange without its queues, which confirms events and drops them.
     */
    private static void declareBeforePublishing(ConnectionFactory connections, AmqpAdmin admin) {
        Objects.requireNonNull(connections.getPublisherConnectionFactory())
                .addConnectionListener(connection -> admin.initialize());
    }

    @Bean
    MeterBinder relayLag(ProjectionPositions positions, EventLog log) {
        var lag = new ProjectionLag(positions, log);
        return registry -> Gauge.builder("orderplatform.relay.lag", lag, it -> it.of("relay"))
                .description("Positions of the log that are not published yet")
                .strongReference(true)
                .register(registry);
    }
}
