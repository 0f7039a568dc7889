package orderplatform.command.orders;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When new orders wait for those before them.
 *
 * @param backlog calls to the payment provider that may wait on this node before new orders wait; with profile {@code baseline},
 *     events that fulfilment may be behind
 * @param commands commands that may wait on this node before new orders wait
 * @param patience how long one order waits for the node to catch up, before it is accepted all the same
 * @param waiting orders that may wait at once, per node; one more is refused
 */
@Validated
@ConfigurationProperties("platform.orders")
public record OrderIntakeSettings(
        @DefaultValue("4096") @Min(1) long backlog,
        @DefaultValue("64") @Min(1) int commands,
        @DefaultValue("1s") Duration patience,
        @DefaultValue("64") @Min(1) int waiting) {}
