package orderplatform.eventstore.bulk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.UUID;
import orderplatform.eventstore.log.EventFields;
import org.jspecify.annotations.Nullable;

/** A row in PostgreSQL's binary format of {@code COPY}, read column by column. */
public final class CopiedRow implements EventFields {

    /** Times are counted from then. */
    private static final long EPOCH_SECONDS =
            ZonedDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toEpochSecond();

    private static final int MICROS = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;

    private final ByteBuffer bytes;

    CopiedRow(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    @Override
    public long nextLong() {
        bytes.getInt();
        return bytes.getLong();
    }

    Instant nextTime() {
        long micros = nextMicros();
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS), (long) Math.floorMod(micros, MICROS) * NANOS_PER_MICRO);
    }

    @Override
    public long nextMicros() {
        return EPOCH_SECONDS * MICROS + nextLong();
    }

    @Override
    public UUID nextId() {
        bytes.getInt();
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    @Override
    public int size() {
        return bytes.capacity();
    }

    @Override
    public void putText(ByteBuffer room) {
        int length = bytes.getInt();
        room.putInt(length);
        if (length > 0) {
            room.put(room.position(), bytes, bytes.position(), length);
            room.position(room.position() + length);
            bytes.position(bytes.position() + length);
        }
    }

    byte[] nextBytes() {
        var value = new byte[bytes.getInt()];
        bytes.get(value);
        return value;
    }

    String nextText() {
        return Objects.requireNonNull(nextTextOrNull());
    }

    @Nullable
    String nextTextOrNull() {
        int length = bytes.getInt();
        if (length < 0) {
            return null;
        }
        var text = new String(bytes.array(), bytes.position(), length, StandardCharsets.UTF_8);
        bytes.position(bytes.position() + length);
        return text;
    }
}
