package orderplatform.query.relay;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.AbstractConnectionFactory;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitOperations;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Publishes batches to the exchange, each on one channel, so that the broker sees them in order. */
class ConfirmedPublisher {

    private static final Logger LOG = LoggerFactory.getLogger(ConfirmedPublisher.class);

    private static final int CONFIRM_THREADS = 2;

    private final RabbitTemplate rabbit;
    private final RelayProperties properties;
    private final Counter published;

    ConfirmedPublisher(ConnectionFactory connections, RelayProperties properties, MeterRegistry meters) {
        if (!connections.isPublisherConfirms()) {
            throw new IllegalStateException("The relay needs spring.rabbitmq.publisher-confirm-type=correlated");
        }
        if (connections.getPublisherConnectionFactory() instanceof AbstractConnectionFactory publishers) {
            publishers.setExecutor(confirmThreads());
        }
        this.rabbit = new RabbitTemplate(connections);
        this.rabbit.setUsePublisherConnection(true);
        this.properties = properties;
        this.published = Counter.builder("orderplatform.relay.published")
                .description("Events that the broker has confirmed")
                .register(meters);
    }

    /** The publisher learns that the connection was closed; the thread that returns its channel need not say so again. */
    private static Runnable endingQuietly(Runnable wait) {
        return () -> {
            try {
                wait.run();
            } catch (AmqpException closed) {
                LOG.debug("The connection was closed before its channel was returned", closed);
            }
        };
    }

    /** Left to itself the connection takes a thread for each confirm, hundreds at once for a backlog. */
    private static ThreadPoolTaskExecutor confirmThreads() {
        var threads = new ThreadPoolTaskExecutor();
        threads.setThreadNamePrefix("relay-confirms-");
        threads.setCorePoolSize(CONFIRM_THREADS);
        threads.setAllowCoreThreadTimeOut(true);
        threads.setDaemon(true);
        threads.setTaskDecorator(ConfirmedPublisher::endingQuietly);
        threads.initialize();
        return threads;
    }

    /**
     * Returns when the broker has taken over every message.
     *
     * @throws AmqpException if it has not, or not in time; some messages may have arrived none the less
     */
    void publish(List<Message> messages) {
        long deadline = System.nanoTime() + properties.confirmTimeout().toNanos();
        List<CorrelationData> sent = rabbit.invoke(channel ->
                messages.stream().map(message -> send(channel, message)).toList());
        sent.forEach(message -> await(message, Duration.ofNanos(deadline - System.nanoTime())));
        published.increment(sent.size());
    }

    private CorrelationData send(RabbitOperations channel, Message message) {
        var correlation = new CorrelationData(
                Objects.requireNonNull(message.getMessageProperties().getMessageId()));
        channel.send(properties.exchange(), message.getMessageProperties().getType(), message, correlation);
        return correlation;
    }

    private static void await(CorrelationData message, Duration timeout) {
        try {
            CorrelationData.Confirm confirm = message.getFuture().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            if (!confirm.ack()) {
                throw new AmqpException("The broker refused event %s: %s".formatted(message.getId(), confirm.reason()));
            }
        } catch (TimeoutException e) {
            throw new AmqpException("The broker did not confirm event %s in time".formatted(message.getId()), e);
        } catch (ExecutionException e) {
            throw new AmqpException("No confirm for event %s".formatted(message.getId()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AmqpException("Interrupted while waiting for event %s".formatted(message.getId()), e);
        }
    }
}
