package orderplatform.query.relay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import orderplatform.query.log.EventLog;
import orderplatform.query.projections.ProjectionLag;
import orderplatform.query.projections.ProjectionPositions;
import org.springframework.amqp.core.ExchangeBuilder;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
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
            ConnectionFactory connections, RelayProperties properties, JsonMapper json, MeterRegistry meters) {
        return new EventRelay(
                new CloudEvents(json, properties), new ConfirmedPublisher(connections, properties, meters));
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
