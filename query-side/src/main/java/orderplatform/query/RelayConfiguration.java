package orderplatform.query;

import orderplatform.query.deadletters.DeadLetterConfiguration;
import orderplatform.query.delivery.NotificationDeliveryConfiguration;
import orderplatform.query.relay.EventRelayConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * Role {@code relay}: the relay to RabbitMQ, and the consumer that tells customers. Needs beans of
 * {@link orderplatform.query.log.EventLog} and {@link orderplatform.query.projections.ProjectionPositions}.
 */
@Configuration(proxyBeanMethods = false)
@Import({
    QueryPersistence.class,
    EventRelayConfiguration.class,
    NotificationDeliveryConfiguration.class,
    DeadLetterConfiguration.class
})
public class RelayConfiguration {}
