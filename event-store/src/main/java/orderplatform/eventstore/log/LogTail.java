package orderplatform.eventstore.log;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest events, in memory once for all readers of this node. What this node commits is handed over as it is; what
 * others commit is read when they tell of it, and once a second in case nobody did.
 */
class LogTail {

    /** Readers further behind read for themselves. */
    static final int CAPACITY = 8_192;

    /** JSON of all events in memory; fewer than {@link #CAPACITY} are kept if they are large. */
    static final long MAX_BYTES = 64 << 20;

    /** Batches of this node that wait for one of another node before them; beyond, all are read again. */
    private static final int MAX_AHEAD = 256;

    private static final long POLL_INTERVAL_MILLIS = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

    private final LongFunction<Batch> readAfter;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Condition told = lock.newCondition();
    private final @Nullable TrackedEventMessage<?>[] recent = new TrackedEventMessage<?>[CAPACITY];
    private final long[] sizes = new long[CAPACITY];
    private final TreeMap<Long, Batch> ahead = new TreeMap<>();
    private long oldest;
    private long count;
    private long bytes;
    private long base;
    private long head;
    private long heardOf;
    private volatile Consumer<TrackedEventMessage<?>> listener = event -> {};
    private @Nullable Thread pump;

    /** @param bytes of JSON that the events have together */
    record Batch(List<? extends TrackedEventMessage<?>> events, long bytes) {}

    /** @param readAfter reads a page of the log after a position */
    LogTail(LongFunction<Batch> readAfter) {
        this.readAfter = readAfter;
    }

    /** @param listener told of each event that was read, before readers are */
    void onRead(Consumer<TrackedEventMessage<?>> listener) {
        this.listener = listener;
    }

    void start(long position) {
        startAt(position);
        pump = Thread.ofPlatform().daemon().name("log-tail").start(this::pump);
    }

    void startAt(long position) {
        head = position;
        heardOf = position;
        base = position;
    }

    void stop() throws InterruptedException {
        if (pump != null) {
            pump.interrupt();
            pump.join();
        }
    }

    /** Another node's batch ends at the position. */
    void tell(long position) {
        lock.lock();
        try {
            if (position > heardOf) {
                heardOf = position;
                told.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** A batch of this node is committed. */
    void accept(long firstPosition, Batch batch) {
        lock.lock();
        try {
            if (firstPosition == head + 1) {
                append(batch);
                appendWhatWaited();
            } else if (firstPosition > head && ahead.size() < MAX_AHEAD) {
                ahead.put(firstPosition, batch);
            } else if (firstPosition > head) {
                heardOf = Math.max(heardOf, firstPosition);
                told.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void append(Batch batch) {
        for (var event : batch.events()) {
            if (count - oldest == CAPACITY) {
                forgetOldest();
            }
            var slot = (int) (count % CAPACITY);
            recent[slot] = event;
            sizes[slot] = batch.bytes() / batch.events().size();
            bytes += sizes[slot];
            head = position(event);
            count++;
        }
        while (bytes > MAX_BYTES) {
            forgetOldest();
        }
    }

    private void forgetOldest() {
        var slot = (int) (oldest % CAPACITY);
        base = position(recent[slot]);
        recent[slot] = null;
        bytes -= sizes[slot];
        oldest++;
    }

    private void appendWhatWaited() {
        for (var next = ahead.remove(head + 1); next != null; next = ahead.remove(head + 1)) {
            append(next);
        }
        grown.signalAll();
    }

    private static long position(TrackedEventMessage<?> event) {
        return PostgresEventStorageEngine.positionOf(event.trackingToken());
    }

    private void pump() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                catchUp(awaitNews());
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException | Error unreadable) {
                LOG.warn("The tail of the log cannot be read: {}", unreadable.toString());
            }
        }
    }

    /** Reads what is in the log after a position that was the head. */
    void catchUp(long after) {
        var page = readAfter.apply(after);
        while (!page.events().isEmpty()) {
            page.events().forEach(listener);
            add(page);
            page = readAfter.apply(position(page.events().getLast()));
        }
    }

    /** A wait that ends without news costs one read. */
    @SuppressWarnings("WaitNotInLoop")
    private long awaitNews() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (heardOf <= head) {
                told.await(POLL_INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
            }
            heardOf = head;
            return head;
        } finally {
            lock.unlock();
        }
    }

    /** What this node handed over in the meantime is left out. */
    private void add(Batch page) {
        lock.lock();
        try {
            var news = page.events().stream()
                    .filter(event -> position(event) > head)
                    .toList();
            append(new Batch(news, page.bytes()));
            ahead.headMap(head, true).clear();
            appendWhatWaited();
        } finally {
            lock.unlock();
        }
    }

    /** Position of the newest event that readers can see. */
    long head() {
        lock.lock();
        try {
            return head;
        } finally {
            lock.unlock();
        }
    }

    /** Events after the position; none if there are none yet; null if they are no longer in memory. */
    @Nullable
    List<TrackedEventMessage<?>> after(long position, int limit) {
        lock.lock();
        try {
            if (position < base) {
                return null;
            }
            var from = firstAfter(position);
            var events = new ArrayList<TrackedEventMessage<?>>((int) Math.min(limit, count - from));
            for (var index = from; index < count && events.size() < limit; index++) {
                events.add(recent[(int) (index % CAPACITY)]);
            }
            return events;
        } finally {
            lock.unlock();
        }
    }

    private long firstAfter(long position) {
        var low = oldest;
        var high = count;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (position(recent[(int) (middle % CAPACITY)]) <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Returns when there is an event after the position, or when the time is over. */
    void await(long position, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = nanos;
            while (head <= position && left > 0) {
                left = grown.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
