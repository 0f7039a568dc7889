package orderplatform.eventstore.audit;

import java.util.Arrays;
import orderplatform.eventstore.audit.LogVerdict.Broken;
import orderplatform.eventstore.log.EventDigest;
import orderplatform.eventstore.log.EventFields;
import org.jspecify.annotations.Nullable;

/** Follows the chain of hashes, event by event and batch by batch, up to the first place that was changed. */
final class ChainWalk {

    /**
     * A link of the chain.
     *
     * @param first position of its first event
     * @param last position of its last event
     * @param previous hash of the batch before
     */
    record Batch(long first, long last, byte[] previous, byte[] hash) {}

    private final EventDigest digest = new EventDigest();
    private byte @Nullable [] hash;
    private long first;
    private long next;
    private long events;
    private long batches;
    private @Nullable Batch batch;
    private @Nullable Broken broken;

    /**
     * @param first position of the first event of a batch
     * @param hashBefore of the batch before; null if it is not known, then the first batch is believed
     */
    ChainWalk(long first, byte @Nullable [] hashBefore) {
        this.first = first;
        next = first;
        hash = first == 0 ? HashChain.START : hashBefore;
    }

    /** Position of the first event whose batch is not verified yet. */
    long first() {
        return first;
    }

    /** Position of the next event. */
    long next() {
        return next;
    }

    /** The hash of the last batch; null before the first one, if nobody knows the hash before it. */
    byte @Nullable [] hash() {
        return hash;
    }

    boolean isBroken() {
        return broken != null;
    }

    /** The batch of the events that come next, or that have come since the last end. */
    void begin(Batch begun) {
        if (isBroken()) {
            return;
        }
        batch = begun;
        if (batch.first() != first || batch.last() < batch.first()) {
            breaksAt(first, "begins no batch");
        } else if (hash != null && !Arrays.equals(batch.previous(), hash)) {
            breaksAt(first, "begins a batch that does not follow from the one before it");
        }
    }

    void add(long position, EventFields event) {
        if (isBroken()) {
            return;
        }
        if (position != next) {
            breaksAt(next, "is missing");
            return;
        }
        digest.add(event);
        events++;
        next++;
    }

    /** Whether all events of the batch have come. */
    boolean isBatchComplete() {
        return batch != null && next > batch.last();
    }

    /** No event of the batch is left, if there is a batch. */
    void end() {
        if (isBroken() || batch == null) {
            return;
        }
        if (batch.last() != next - 1) {
            breaksAt(next, batch.last() < next ? "is in no batch" : "is missing");
            return;
        }
        var found = HashChain.next(batch.previous(), first, batch.last(), digest.end());
        if (!Arrays.equals(found, batch.hash())) {
            breaksAt(first, "begins a batch, up to %d, that is not as it was written".formatted(batch.last()));
            return;
        }
        hash = found;
        first = next;
        batches++;
        batch = null;
    }

    void breaksAt(long position, String what) {
        broken = new Broken(position, what);
    }

    /** @param head position of the last event of all */
    LogVerdict verdict(long head) {
        return new LogVerdict(!isBroken(), events, batches, head, broken);
    }
}
