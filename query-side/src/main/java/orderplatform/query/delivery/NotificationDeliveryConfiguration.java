package orderplatform.query.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import orderplatform.query.deadletters.DeadLetters;
import orderplatform.query.notifications.Ledger;
import orderplatform.query.notifications.LedgerConfiguration;
import orderplatform.query.notifications.NotificationProperties;
import org.aopalliance.intercept.MethodInterceptor;
import org.springframework.amqp.rabbit.config.RetryInterceptorBuilder;
import org.springframework.amqp.rabbit.config.SimpleRabbitListenerContainerFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.aop.ProxyMethodInvocation;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import tools.jackson.databind.json.JsonMapper;

/** The consumer that sends, with its retries. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(NotificationProperties.class)
@Import({NotificationTopology.class, LedgerConfiguration.class})
@PropertySource("classpath:orderplatform/query/delivery/mail-defaults.properties")
public class NotificationDeliveryConfiguration {

    private static final int BACKOFF_MULTIPLIER = 2;

    /** Most messages that share a transaction; in its retries one keeps no more than these from the next consumer. */
    private static final int BATCH = 100;

    /** What a message waits for others at most. */
    private static final long LINGER_MILLIS = 50;

    /** For which messages are kept in hand: half of what RabbitMQ waits for their acknowledgement. Then they go back to it. */
    private static final Duration MAX_OUTAGE = Duration.ofMinutes(15);

    @Bean
    NotificationConsumer notificationConsumer(
            Ledger ledger, EmailSender emails, ObjectProvider<SmsSender> texts, JsonMapper json, MeterRegistry meters) {
        return new NotificationConsumer(ledger, emails, texts.getIfAvailable(LoggedSmsSender::new), json, meters);
    }

    @Bean
    EmailSender emailSender(ObjectProvider<JavaMailSenderImpl> mail, NotificationProperties properties) {
        JavaMailSenderImpl configured = mail.getIfAvailable();
        return configured == null ? new LoggedEmailSender() : new SmtpEmailSender(configured, properties.from());
    }

    @Bean
    SimpleRabbitListenerContainerFactory notificationListeners(
            ConnectionFactory connections, NotificationProperties properties, DeadLetters deadLetters) {
        var listeners = new SimpleRabbitListenerContainerFactory();
        listeners.setConnectionFactory(connections);
        listeners.setConcurrentConsumers(properties.consumers());
        listeners.setPrefetchCount(BATCH);
        listeners.setBatchSize(BATCH);
        listeners.setBatchListener(true);
        listeners.setConsumerBatchEnabled(true);
        listeners.setReceiveTimeout(LINGER_MILLIS);
        listeners.setBatchReceiveTimeout(LINGER_MILLIS);
        listeners.setMissingQueuesFatal(false);
        listeners.setAdviceChain(outlastOutages(properties), retries(properties, deadLetters));
        return listeners;
    }

    /** A quorum queue dead-letters a message that goes back too often, so no message goes back while a server is down. */
    private static MethodInterceptor outlastOutages(NotificationProperties properties) {
        var waits = new RetryTemplate(backingOff(properties)
                .maxRetries(Long.MAX_VALUE)
                .timeout(MAX_OUTAGE)
                .predicate(DeadLetters::isOutage)
                .build());
        return handling -> {
            try {
                // An invocation is used up once it has proceeded.
                return waits.execute(() -> Optional.ofNullable(((ProxyMethodInvocation) handling)
                                .invocableClone()
                                .proceed()))
                        .orElse(null);
            } catch (RetryException e) {
                throw e.getCause();
            }
        };
    }

    /** A message that can't be handed over to the dead letters either goes back to its queue. */
    private static MethodInterceptor retries(NotificationProperties properties, DeadLetters deadLetters) {
        return RetryInterceptorBuilder.stateless()
                .retryPolicy(backingOff(properties)
                        .maxRetries(properties.maxRetries())
                        .predicate(failure -> !DeadLetters.isOutage(failure))
                        .build())
                .recoverer(deadLetters)
                .build();
    }

    private static RetryPolicy.Builder backingOff(NotificationProperties properties) {
        return RetryPolicy.builder()
                .delay(properties.firstRetryAfter())
                .multiplier(BACKOFF_MULTIPLIER)
                .maxDelay(properties.longestRetryAfter());
    }
}
