package orderplatform.query.relay;

import jakarta.validation.constraints.NotBlank;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What can be set about the relay, under {@code platform.relay}.
 *
 * @param exchange durable topic exchange that every event goes to
 * @param source the CloudEvents attribute: a URI reference that names this platform
 * @param confirmTimeout longest wait for the broker to confirm a batch
 */
@Validated
@ConfigurationProperties("platform.relay")
public record RelayProperties(
        @DefaultValue("orderplatform.events") @NotBlank String exchange,
        @DefaultValue("/orderplatform") @NotBlank String source,

        @DefaultValue("10s") @DurationMin(millis = 1) @DurationMax(minutes = 5)
        Duration confirmTimeout) {}
