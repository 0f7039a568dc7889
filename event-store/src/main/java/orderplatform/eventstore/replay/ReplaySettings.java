package orderplatform.eventstore.replay;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How replays work.
 *
 * @param threads threads that read the log ahead for a replay, each with a connection to the database
 * @param keepLast how long the rows that a replay replaced are kept, to go back to
 */
@Validated
@ConfigurationProperties("eventstore.replay")
public record ReplaySettings(
        @DefaultValue("2") @Min(1) int threads,
        @DefaultValue("7d") @DurationMin(seconds = 1) Duration keepLast) {}
