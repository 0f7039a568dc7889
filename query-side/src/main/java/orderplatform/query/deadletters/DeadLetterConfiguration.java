package orderplatform.query.deadletters;

import java.time.Clock;
import java.time.Duration;
import orderplatform.query.notifications.NotificationProperties;
import org.springframework.amqp.rabbit.config.RetryInterceptorBuilder;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.ConfirmType;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.amqp.rabbit.retry.ImmediateRequeueMessageRecoverer;
import org.springframework.amqp.rabbit.retry.RepublishMessageRecovererWithConfirms;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Hands messages over to the queue of dead letters, and takes them from there into their table. */
@Configuration(proxyBeanMethods = false)
@Import(DeadMessagesConfiguration.class)
public class DeadLetterConfiguration {

    private static final int PREFETCH = 20;

    /** A quarter of an hour, half of what RabbitMQ waits for an acknowledgement: from version 4 on it drops what went back to a quorum queue 20 times. */
    private static final int RETRIES = 90;

    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(500);
    private static final Duration MAX_BACK_OFF = Duration.ofSeconds(10);

    /** Without a letter, before it looks whether it is to stop: a node's stop waits for that, a second by default. */
    private static final Duration RECEIVE_TIMEOUT = Duration.ofMillis(100);

    @Bean
    DeadLetters notificationDeadLetters(
            ConnectionFactory connections, NotificationProperties properties, JdbcClient jdbc, JsonMapper json) {
        String name = properties.deadLetters();
        var publisher = new RepublishMessageRecovererWithConfirms(
                new RabbitTemplate(connections), name, name, ConfirmType.CORRELATED);
        return new DeadLetters(new GivenUp(jdbc, Clock.systemUTC()), publisher, json);
    }

    /** While the table can't be written a message goes back to the queue. */
    @Bean
    SimpleMessageListenerContainer deadLetterKeeper(
            ConnectionFactory connections, NotificationProperties properties, DeadMessages messages) {
        var container = new SimpleMessageListenerContainer(connections);
        container.setQueueNames(properties.deadLetters());
        container.setPrefetchCount(PREFETCH);
        container.setReceiveTimeout(RECEIVE_TIMEOUT.toMillis());
        container.setMissingQueuesFatal(false);
        container.setMessageListener(messages::keep);
        container.setAdviceChain(RetryInterceptorBuilder.stateless()
                .maxRetries(RETRIES)
                .backOffOptions(FIRST_BACK_OFF.toMillis(), 2, MAX_BACK_OFF.toMillis())
                .recoverer(new ImmediateRequeueMessageRecoverer())
                .build());
        return container;
    }
}
