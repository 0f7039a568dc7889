package orderplatform.eventstore.log;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import orderplatform.eventstore.log.LogVerdict.Broken;
import org.jspecify.annotations.Nullable;

/** Goes along the chain of hashes, event by event, up to the first place where it is not as it was written. */
final class ChainWalk {

    /** Bytes, for an event; more are taken where it is longer. */
    private static final int ROOM = 8_192;

    /** A link of the chain, as the table has it. */
    record Batch(long first, long last, byte[] previous, byte[] hash) {}

    /** Hands on the events of a range in the order of their positions, each from its position to its metadata. */
    @FunctionalInterface
    interface Events {
        void read(long first, long last, Consumer<CopiedRow> each);
    }

    private byte[] hash;
    private long next;
    private long events;
    private long batches;
    private @Nullable Broken broken;
    private ByteBuffer room = ByteBuffer.allocate(ROOM);

    /**
     * @param first position of the first event of a batch
     * @param hashBefore of the batch before that one
     */
    ChainWalk(long first, byte[] hashBefore) {
        next = first;
        hash = hashBefore;
    }

    /** Position of the next event. */
    long next() {
        return next;
    }

    boolean isBroken() {
        return broken != null;
    }

    /** @param page the batches that are to come next, and their events from {@code log} */
    void through(List<Batch> page, Events log) {
        var link = new Link(page.iterator());
        link.begin();
        log.read(next, page.getLast().last(), event -> {
            if (!isBroken()) {
                link.add(event);
            }
        });
        if (!isBroken() && next <= page.getLast().last()) {
            breaksAt(next, "is missing");
        }
    }

    /** @param tail the hash of the last batch, as the log's tail has it */
    void endsWith(byte[] tail) {
        if (!isBroken() && !Arrays.equals(hash, tail)) {
            breaksAt(next - 1, "is in another batch than the one that the log's tail names");
        }
    }

    void breaksAt(long position, String what) {
        broken = new Broken(position, what);
    }

    LogVerdict verdict(long head) {
        return new LogVerdict(!isBroken(), events, batches, head, broken);
    }

    private final class Link {

        private final Iterator<Batch> ahead;
        private Batch batch;
        private final MessageDigest digest = HashChain.sha256();

        Link(Iterator<Batch> ahead) {
            this.ahead = ahead;
            batch = ahead.next();
        }

        void begin() {
            if (batch.first() != next || batch.last() < batch.first()) {
                breaksAt(next, "begins no batch");
            } else if (!Arrays.equals(batch.previous(), hash)) {
                breaksAt(next, "begins a batch that does not follow from the one before it");
            }
        }

        void add(CopiedRow event) {
            if (event.nextLong() != next) {
                breaksAt(next, "is missing");
                return;
            }
            if (room.capacity() < HashChain.roomFor(event)) {
                room = ByteBuffer.allocate(2 * HashChain.roomFor(event));
            }
            HashChain.add(digest, event, room);
            events++;
            if (next++ == batch.last()) {
                end();
            }
        }

        private void end() {
            var found = HashChain.next(hash, batch.first(), batch.last(), digest.digest());
            if (!Arrays.equals(found, batch.hash())) {
                breaksAt(
                        batch.first(),
                        "begins a batch, up to %d, that is not as it was written".formatted(batch.last()));
                return;
            }
            hash = found;
            batches++;
            if (ahead.hasNext()) {
                batch = ahead.next();
                begin();
            }
        }
    }
}
