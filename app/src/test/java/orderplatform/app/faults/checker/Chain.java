package orderplatform.app.faults.checker;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import orderplatform.app.faults.checker.trace.Facts;
import orderplatform.app.faults.checker.trace.LogEvent;

/**
 * I10: each batch bears the SHA-256 of the hash before it, its first and last position, and the digest of its events. The
 * digest is over each event's stream, version, id, type, revision, stream type, time in microseconds, payload and metadata;
 * texts are UTF-8 led by their length in four bytes, which is -1 for none, and numbers have eight bytes.
 */
final class Chain implements Check {

    private static final int VERIFIES = 10;
    private static final int HASH_BYTES = 32;
    private static final String BATCHES =
            "SELECT first_position, last_position, previous_hash, hash, recorded_at FROM event_log.batch ORDER BY first_position";

    private record Batch(long first, long last, byte[] previous, byte[] hash, Instant at) {}

    @Override
    public Set<Integer> invariants() {
        return Set.of(VERIFIES);
    }

    @Override
    public void check(Facts facts, Verdict verdict) throws Exception {
        var batches = facts.query(
                BATCHES,
                row -> new Batch(
                        row.getLong(1),
                        row.getLong(2),
                        row.getBytes(3),
                        row.getBytes(4),
                        row.getObject(5, OffsetDateTime.class).toInstant()));
        var previous = new byte[HASH_BYTES];
        int next = 0;
        for (var batch : batches) {
            verdict.checked(VERIFIES);
            int end = Math.min(
                    next + (int) (batch.last - batch.first) + 1, facts.log().size());
            var events = facts.log().subList(next, end);
            if (batch.first != next || !Arrays.equals(batch.previous, previous)) {
                verdict.violated(VERIFIES, batch.at, batch.first, "the batch does not follow the one before it");
            } else if (!Arrays.equals(batch.hash, hash(batch, events))) {
                verdict.violated(
                        VERIFIES,
                        batch.at,
                        batch.first,
                        "something in positions %d to %d is not as it was written",
                        batch.first,
                        batch.last);
            }
            previous = batch.hash;
            next = end;
        }
        if (next != facts.log().size()) {
            verdict.violated(VERIFIES, Instant.now(), next, "events from position %d on belong to no batch", next);
        }
    }

    private static byte[] hash(Batch batch, List<LogEvent> events) throws IOException, GeneralSecurityException {
        var digest = MessageDigest.getInstance("SHA-256");
        for (var event : events) {
            digest.update(bytes(event));
        }
        var link = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(link)) {
            out.write(batch.previous);
            out.writeLong(batch.first);
            out.writeLong(batch.last);
            out.write(digest.digest());
        }
        return MessageDigest.getInstance("SHA-256").digest(link.toByteArray());
    }

    private static byte[] bytes(LogEvent event) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            text(out, event.stream());
            out.writeLong(event.version());
            text(out, event.id());
            text(out, event.type());
            text(out, event.revision());
            text(out, event.streamType());
            out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, event.at()));
            text(out, event.payload());
            text(out, event.metadata());
        }
        return bytes.toByteArray();
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
        } else {
            var utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(utf8.length);
            out.write(utf8);
        }
    }
}
