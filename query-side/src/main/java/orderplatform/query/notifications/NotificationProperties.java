package orderplatform.query.notifications;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What can be set about notifications, under {@code platform.notifications}.
 *
 * @param queue durable queue of the events that customers are told about
 * @param deadLetters name of the exchange and of the queue for dead letters
 * @param queueType quorum for a RabbitMQ cluster; a single node, and the embedded broker, have classic. Quorum queues from before
 *     they handed over to the dead letters are to be deleted, empty, as RabbitMQ refuses to change them
 * @param deliveryLimit number of returns after which a quorum queue dead-letters a message that kills its consumers
 * @param consumers threads that take messages; at least 2, so that an event that waits for another one does not hold up that other one
 * @param maxRetries retries after the first attempt, before a message becomes a dead letter
 * @param firstRetryAfter pause before the first retry; doubles from retry to retry
 * @param longestRetryAfter bound on that doubling
 * @param from the sender's address
 */
@Validated
@ConfigurationProperties("platform.notifications")
public record NotificationProperties(
        @DefaultValue("orderplatform.notifications") @NotBlank
        String queue,

        @DefaultValue("orderplatform.dead-letters") @NotBlank
        String deadLetters,

        @DefaultValue("classic") QueueType queueType,
        @DefaultValue("20") @Min(1) @Max(1_000) int deliveryLimit,
        @DefaultValue("2") @Min(2) @Max(32) int consumers,
        @DefaultValue("4") @Min(0) @Max(20) int maxRetries,

        @DefaultValue("500ms") @DurationMin(millis = 1) @DurationMax(minutes = 1)
        Duration firstRetryAfter,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(minutes = 5)
        Duration longestRetryAfter,

        @DefaultValue("orders@localhost") @NotBlank String from) {

    /** The kinds of durable queue. */
    public enum QueueType {
        CLASSIC,
        QUORUM
    }
}
