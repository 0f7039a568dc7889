package orderplatform.app.operations;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.UUID;
import orderplatform.query.web.Cursors;
import orderplatform.query.web.Parameters;

/** After which dead letter to read on. */
record DeadLetterCursor(Instant time, UUID id) {

    static final DeadLetterCursor START = new DeadLetterCursor(Instant.EPOCH, new UUID(0, 0));

    static DeadLetterCursor after(DeadLetter letter) {
        return new DeadLetterCursor(letter.since(), letter.id());
    }

    String encoded() {
        return Cursors.encoded(time + "/" + id);
    }

    /** @throws IllegalArgumentException if it is none */
    static DeadLetterCursor of(String encoded) {
        var parts = Cursors.decoded(encoded).split("/", 2);
        try {
            return new DeadLetterCursor(
                    Parameters.storable(Instant.parse(parts[0])), UUID.fromString(parts[parts.length - 1]));
        } catch (DateTimeException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
