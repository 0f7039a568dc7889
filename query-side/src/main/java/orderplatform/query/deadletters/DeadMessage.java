package orderplatform.query.deadletters;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter of the broker.
 *
 * @param type of the event in it; null if it is none
 * @param attempts to handle it, of all times that it was tried
 * @param deadAt when it was last dead-lettered
 */
public record DeadMessage(UUID id, @Nullable String type, String cause, int attempts, Instant deadAt) {}
