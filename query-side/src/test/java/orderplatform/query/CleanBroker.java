package orderplatform.query;

import orderplatform.query.notifications.NotificationProperties;
import orderplatform.query.relay.RelayProperties;
import org.springframework.amqp.core.AmqpAdmin;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Leaves nothing of a test behind in a RabbitMQ that others use too. */
@Configuration(proxyBeanMethods = false)
class CleanBroker {

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
