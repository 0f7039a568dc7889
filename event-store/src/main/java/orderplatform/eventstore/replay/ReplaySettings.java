package orderplatform.eventstore.replay;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How replays work.
 *
 * @param threads that read the log ahead for a replay, each with a connection to the database
 */
@Validated
@ConfigurationProperties("eventstore.replay")
public record ReplaySettings(@DefaultValue("2") @Min(1) int threads) {}
