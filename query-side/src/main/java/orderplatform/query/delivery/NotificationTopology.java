package orderplatform.query.delivery;

import orderplatform.query.notifications.NotificationProperties;
import orderplatform.query.notifications.NotificationProperties.QueueType;
import orderplatform.query.notifications.OrderTold;
import orderplatform.query.relay.RelayProperties;
import org.springframework.amqp.core.BindingBuilder;
import org.springframework.amqp.core.Declarables;
import org.springframework.amqp.core.DirectExchange;
import org.springframework.amqp.core.ExchangeBuilder;
import org.springframework.amqp.core.Queue;
import org.springframework.amqp.core.QueueBuilder;
import org.springframework.amqp.core.TopicExchange;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Queues and bindings; declared whenever a connection opens, so a broker that comes late is set up then. */
@Configuration(proxyBeanMethods = false)
class NotificationTopology {

    @Bean
    Queue notificationQueue(NotificationProperties properties) {
        var name = properties.deadLetters();
        var queue = durable(properties.queue(), properties);
        return properties.queueType() == QueueType.QUORUM
                ? queue.deliveryLimit(properties.deliveryLimit())
                        .deadLetterExchange(name)
                        .deadLetterRoutingKey(name)
                        .build()
                : queue.build();
    }

    @Bean
    Declarables notificationBindings(Queue notificationQueue, RelayProperties relay) {
        var events = new TopicExchange(relay.exchange());
        return new Declarables(OrderTold.TYPES.stream()
                .map(type -> BindingBuilder.bind(notificationQueue).to(events).with(type))
                .toList());
    }

    @Bean
    Declarables deadLetterBindings(NotificationProperties properties) {
        DirectExchange exchange = ExchangeBuilder.directExchange(properties.deadLetters())
                .durable(true)
                .build();
        Queue queue = durable(properties.deadLetters(), properties).build();
        return new Declarables(
                exchange, queue, BindingBuilder.bind(queue).to(exchange).with(queue.getName()));
    }

    /** A classic queue is declared without arguments: the embedded broker knows none of RabbitMQ's. */
    private static QueueBuilder durable(String name, NotificationProperties properties) {
        var queue = QueueBuilder.durable(name);
        return properties.queueType() == QueueType.QUORUM ? queue.quorum() : queue;
    }
}
