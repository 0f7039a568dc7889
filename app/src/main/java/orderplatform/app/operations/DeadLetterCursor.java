package orderplatform.app.operations;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.UUID;

/** After which dead letter to read on. */
record DeadLetterCursor(Instant time, UUID id) {

    static final DeadLetterCursor START = new DeadLetterCursor(Instant.EPOCH, new UUID(0, 0));

    static DeadLetterCursor after(DeadLetter letter) {
        return new DeadLetterCursor(letter.since(), letter.id());
    }

    String encoded() {
        var text = time + "/" + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IllegalArgumentException where it is none */
    static DeadLetterCursor of(String encoded) {
        var parts = new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8).split("/", 2);
        try {
            return new DeadLetterCursor(Instant.parse(parts[0]), UUID.fromString(parts[parts.length - 1]));
        } catch (DateTimeParseException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
