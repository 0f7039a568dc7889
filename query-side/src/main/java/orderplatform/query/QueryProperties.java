package orderplatform.query;

import jakarta.validation.Valid;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What can be set about queries, under {@code platform.query}.
 *
 * @param consistencyWait longest wait for a projection to pass a {@code Consistency-Token}
 * @param consistencyPoll longest pause between two looks at the projection's position
 */
@Validated
@ConfigurationProperties("platform.query")
public record QueryProperties(
        @DefaultValue("2s") @DurationMin(millis = 1) @DurationMax(seconds = 30)
        Duration consistencyWait,

        @DefaultValue("20ms") @DurationMin(millis = 1) @DurationMax(seconds = 1)
        Duration consistencyPoll,

        @DefaultValue @Valid Cache cache) {

    /**
     * @param ttl how long a view stays in Redis, and so how old an answer without a {@code Consistency-Token} can be
     *     if Redis missed a write
     * @param commandTimeout time after which a Redis command counts as failed
     * @param connectTimeout time after which a Redis connection attempt counts as failed
     */
    public record Cache(
            @DefaultValue("60s") @DurationMin(seconds = 1) @DurationMax(hours = 24)
            Duration ttl,

            @DefaultValue("200ms") @DurationMin(millis = 1) @DurationMax(seconds = 10)
            Duration commandTimeout,

            @DefaultValue("500ms") @DurationMin(millis = 1) @DurationMax(seconds = 10)
            Duration connectTimeout) {}
}
