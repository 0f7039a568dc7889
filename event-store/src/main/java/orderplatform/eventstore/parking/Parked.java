package orderplatform.eventstore.parking;

import java.time.Instant;
import java.util.UUID;

/**
 * A sequence that waits for somebody to look at it.
 *
 * @param processor the reader that could not go on
 * @param sequence what its events have in common, such as an order's id
 * @param position in the log of the event that failed, the first of those that wait
 * @param eventType its type, as in the log
 * @param waiting how many events of the sequence wait, that one included
 * @param cause the last failure, in a line
 * @param attempts how often the event was tried
 * @param triedAt when last
 */
public record Parked(
        UUID id,
        String processor,
        String sequence,
        long position,
        String eventType,
        long waiting,
        String cause,
        int attempts,
        Instant parkedAt,
        Instant triedAt) {}
