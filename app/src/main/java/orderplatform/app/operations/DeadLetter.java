package orderplatform.app.operations;

import java.time.Instant;
import java.util.UUID;
import orderplatform.eventstore.parking.Parked;
import orderplatform.query.deadletters.DeadMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a projection, the relay or a consumer could not handle.
 *
 * @param kind {@code event} of the log, or {@code message} of the broker
 * @param source the reader, or {@code notifications}
 * @param sequence what waits with it; null for a message, behind which nothing waits
 * @param position in the log; null for a message
 * @param waiting events that wait, itself included
 */
record DeadLetter(
        UUID id,
        String kind,
        String source,
        @Nullable String sequence,
        @Nullable Long position,
        @Nullable String type,
        long waiting,
        int attempts,
        String cause,
        Instant since) {

    private static final String MESSAGE = "message";

    boolean isMessage() {
        return kind.equals(MESSAGE);
    }

    static DeadLetter of(Parked event) {
        return new DeadLetter(
                event.id(),
                "event",
                event.processor(),
                event.sequence(),
                event.position(),
                event.eventType(),
                event.waiting(),
                event.attempts(),
                event.cause(),
                event.parkedAt());
    }

    static DeadLetter of(DeadMessage message) {
        return new DeadLetter(
                message.id(),
                MESSAGE,
                "notifications",
                null,
                null,
                message.type(),
                1,
                message.attempts(),
                message.cause(),
                message.deadAt());
    }
}
