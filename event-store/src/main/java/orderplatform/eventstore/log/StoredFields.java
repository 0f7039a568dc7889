package orderplatform.eventstore.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of an event that is in memory. */
public final class StoredFields implements EventFields {

    private static final int BYTES_OF_NUMBERS = 4 * Long.BYTES;
    private static final int ABSENT = -1;

    private final StoredEvent event;
    private final Iterator<byte[]> texts;
    private final int size;

    public StoredFields(StoredEvent event) {
        this.event = event;
        var utf8 = Stream.of(
                        event.stream(),
                        event.type(),
                        event.revision(),
                        event.streamType(),
                        event.payload(),
                        event.metadata())
                .map(StoredFields::bytes)
                .toList();
        texts = utf8.iterator();
        size = BYTES_OF_NUMBERS
                + utf8.stream()
                        .mapToInt(text -> Integer.BYTES + (text == null ? 0 : text.length))
                        .sum();
    }

    private static byte @Nullable [] bytes(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void putText(ByteBuffer room) {
        var text = texts.next();
        if (text == null) {
            room.putInt(ABSENT);
        } else {
            room.putInt(text.length).put(text);
        }
    }

    @Override
    public long nextLong() {
        return event.version();
    }

    @Override
    public UUID nextId() {
        return event.id();
    }

    @Override
    public long nextMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, event.recordedAt());
    }

    @Override
    public int size() {
        return size;
    }
}
