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
import org.jspecify.annotations.Nullable;

/**
 * What makes a change of the log show. Each batch has the SHA-256 of the hash before it, its first and last position,
 * and the digest of its events in order; the digest is the SHA-256 of every field of every event, each led by its
 * length. The digest can be taken before the lock at the tail is held, the rest is one hash of 80 bytes.
 */
final class HashChain {

    private static final int ABSENT = -1;

    private HashChain() {}

    /** @param events in the order in which they are appended; their positions do not count */
    static byte[] digest(List<StoredEvent> events) {
        var sha256 = sha256();
        for (var event : events) {
            sha256.update(canonical(event));
        }
        return sha256.digest();
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

    private static byte[] canonical(StoredEvent event) {
        var bytes = new ByteArrayOutputStream(event.size() + 256);
        try (var out = new DataOutputStream(bytes)) {
            text(out, event.stream());
            out.writeLong(event.version());
            text(out, event.id().toString());
            text(out, event.type());
            text(out, event.revision());
            text(out, event.streamType());
            out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, event.recordedAt()));
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

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJvmHasIt) {
            throw new IllegalStateException(everyJvmHasIt);
        }
    }
}
