package orderplatform.command.web;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the answers to {@code Idempotency-Key}s are kept.
 *
 * @param kept how long an {@code Idempotency-Key} and its answer are known
 */
@ConfigurationProperties("platform.idempotency")
public record IdempotencySettings(@DefaultValue("2d") Duration kept) {}
