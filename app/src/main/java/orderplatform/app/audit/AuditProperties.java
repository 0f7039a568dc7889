package orderplatform.app.audit;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What can be set about audits, under {@code platform.audit}.
 *
 * @param folder folder of the checkpoints and of the key that signs them; not where the database's owner can write; {@code audit} in
 *     {@code platform.data-dir} if none is given
 * @param every how often the log is verified on from the last checkpoint, and a new one is made
 */
@Validated
@ConfigurationProperties("platform.audit")
record AuditProperties(
        @NotNull Path folder,
        @DefaultValue("1h") @DurationMin(seconds = 1) Duration every) {}
