package orderplatform.eventstore.reader;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * What one segment of a reader has handled and not stored yet: how far it got, and what its handlers want written. All of it is stored in one transaction, at most so often. After a crash or a failure the segment
 * is back where it was stored last, and the same events come again.
 *
 * <p>Belongs to the thread that works on the segment. A unit of work without a reader has one of its own, which is
 * stored when it commits.
 */
final class Checkpoint {

    /** A batch that takes longer fails: another node may work on the segment. */
    private static final Duration MAX_BATCH_DURATION = Duration.ofSeconds(60);

    /** Events that are stored together, however fast they come; bounds what is done again, too. */
    private static final int MAX_EVENTS = 2_000;

    static final Duration HEARTBEAT_INTERVAL = Duration.ofSeconds(1);
    private static final String RESOURCE = Checkpoint.class.getName();

    private final Duration interval;
    private final Consumer<TrackingToken> storeToken;
    private final LongSupplier nanoTime;
    private final Map<Object, Runnable> writers = new LinkedHashMap<>();
    private @Nullable TrackingToken token;
    private int events;
    private boolean alone;
    private long pendingSince;
    private long signedAt;

    /** Of the first batch that is not stored, null without one; read by other threads. */
    private volatile @Nullable Long begunAt;

    /** @param interval between two times that it is stored while events come; zero stores after every batch */
    Checkpoint(Duration interval, Consumer<TrackingToken> storeToken, LongSupplier nanoTime) {
        this.interval = interval;
        this.storeToken = storeToken;
        this.nanoTime = nanoTime;
        this.signedAt = nanoTime.getAsLong();
    }

    /** That of the segment that the unit of work is for, or else of the unit of work alone. */
    static Checkpoint of(UnitOfWork<?> work) {
        return work.root().getOrComputeResource(RESOURCE, key -> {
            var ofWork = new Checkpoint(Duration.ZERO, token -> {}, System::nanoTime);
            ofWork.storeAfterAllOthers(work.root());
            return ofWork;
        });
    }

    /**
     * Before a batch of the segment is handled.
     *
     * @param isolated whether it is stored without those that follow
     */
    void begin(UnitOfWork<?> work, int size, boolean isolated) {
        work.resources().put(RESOURCE, this);
        if (begunAt == null) {
            begunAt = nanoTime.getAsLong();
        }
        events += size;
        alone = isolated;
    }

    /** The segment is done with everything up to here, once this is stored. */
    void passed(TrackingToken position) {
        if (token == null) {
            pendingSince = nanoTime.getAsLong();
        }
        token = position;
    }

    /** What one writer collects until this is stored, made when first asked for. */
    <W extends Runnable> W writer(Object key, Supplier<W> create) {
        @SuppressWarnings("unchecked") // only the holder of the key puts a value under it
        var writer = (W) writers.computeIfAbsent(key, it -> create.get());
        return writer;
    }

    boolean isDue() {
        return interval.isZero()
                || alone
                || events >= MAX_EVENTS
                || (token != null && nanoTime.getAsLong() - pendingSince >= interval.toNanos());
    }

    boolean isPending() {
        return token != null;
    }

    /** Whether a batch is under way that may still be stored. For any thread. */
    boolean isUnderWay() {
        var begun = begunAt;
        return begun != null && nanoTime.getAsLong() - begun < MAX_BATCH_DURATION.toNanos();
    }

    boolean hasToSignClaim() {
        return nanoTime.getAsLong() - signedAt >= HEARTBEAT_INTERVAL.toNanos();
    }

    void claimSigned() {
        signedAt = nanoTime.getAsLong();
    }

    /** What is registered while handlers of a phase run comes after those that were registered before. */
    void storeAfterAllOthers(UnitOfWork<?> work) {
        work.onPrepareCommit(preparing -> preparing.onPrepareCommit(last -> store()));
    }

    /** Needs a transaction. Where it fails, in here or in its commit, the segment has to be read again from what is stored. */
    void store() {
        writers.values().forEach(Runnable::run);
        if (token != null) {
            storeToken.accept(token);
            claimSigned();
        }
        clear();
    }

    /** After a failure: what is in memory must not be stored. */
    void drop() {
        clear();
    }

    private void clear() {
        writers.clear();
        token = null;
        events = 0;
        begunAt = null;
    }
}
