package orderplatform.command.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the answers to {@code Idempotency-Key}s are kept.
 *
 * @param attempt longer than any write may take, {@code Prefer: wait} included: an older attempt without an answer is
 *     dead, and its key may be tried again
 * @param kept how long a key is known
 */
@ConfigurationProperties("platform.idempotency")
public record IdempotencySettings(
        @DefaultValue("60s") Duration attempt,
        @DefaultValue("2d") Duration kept) {}
