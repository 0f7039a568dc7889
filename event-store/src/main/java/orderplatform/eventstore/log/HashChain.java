package orderplatform.eventstore.log;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What makes a change of the log show. Each batch has the SHA-256 of the hash before it, its first and last position,
 * and the digest of its events in order; the digest is the SHA-256 of every field of every event, each led by its
 * length. The digest can be taken before the lock at the tail is held, the rest is one hash of 80 bytes.
 */
final class HashChain {

    private static final int ABSENT = -1;

    /** Of an id as a text. */
    private static final int ID_LENGTH = 36;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private HashChain() {}

    /** @param events in the order in which they are appended; their positions do not count */
    static byte[] digest(List<StoredEvent> events) {
        var sha256 = sha256();
        for (var event : events) {
            sha256.update(canonical(event));
        }
        return sha256.digest();
    }

    /**
     * Adds an event to the digest of its batch, in one piece.
     *
     * @param event as {@code COPY} has it in binary format, from its stream to its metadata; it leads a text by its length, as is
     *     wanted here, but has an id as its 16 bytes
     * @param room to put it together in, of {@link #roomFor} bytes
     */
    static void add(MessageDigest digest, CopiedRow event, ByteBuffer room) {
        room.clear();
        room.put(event.nextColumns(1));
        room.putLong(event.nextLong());
        putText(room, event.nextId());
        room.put(event.nextColumns(3));
        room.putLong(event.nextMicros());
        room.put(event.nextColumns(2));
        digest.update(room.array(), 0, room.position());
    }

    /** Bytes that an event takes at most, put together from a row. */
    static int roomFor(CopiedRow event) {
        return event.size() + ID_LENGTH;
    }

    /** As {@link UUID#toString} writes it, without making a text of it. */
    private static void putText(ByteBuffer room, UUID id) {
        room.putInt(ID_LENGTH);
        putHex(room, id.getMostSignificantBits() >>> 32, 8);
        room.put((byte) '-');
        putHex(room, id.getMostSignificantBits() >>> 16, 4);
        room.put((byte) '-');
        putHex(room, id.getMostSignificantBits(), 4);
        room.put((byte) '-');
        putHex(room, id.getLeastSignificantBits() >>> 48, 4);
        room.put((byte) '-');
        putHex(room, id.getLeastSignificantBits(), 12);
    }

    private static void putHex(ByteBuffer room, long value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            room.put(HEX[(int) (value >>> shift) & 0xf]);
        }
    }

    private static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** The hash of a batch. */
    static byte[] next(byte[] previous, long firstPosition, long lastPosition, byte[] digest) {
        var sha256 = sha256();
        sha256.update(previous);
        sha256.update(ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(firstPosition)
                .putLong(lastPosition)
                .array());
        return sha256.digest(digest);
    }

    /** What is hashed of an event. */
    static byte[] canonical(StoredEvent event) {
        var bytes = new ByteArrayOutputStream(event.size() + 256);
        try (var out = new DataOutputStream(bytes)) {
            text(out, event.stream());
            out.writeLong(event.version());
            text(out, event.id().toString());
            text(out, event.type());
            text(out, event.revision());
            text(out, event.streamType());
            out.writeLong(micros(event.recordedAt()));
            text(out, event.payload());
            text(out, event.metadata());
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(ABSENT);
            return;
        }
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
