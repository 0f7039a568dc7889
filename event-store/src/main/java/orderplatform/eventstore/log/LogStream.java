package orderplatform.eventstore.log;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/** One reader's way along the log: from memory near its end, page by page from the table before. */
class LogStream implements BlockingStream<TrackedEventMessage<?>> {

    private static final int PAGE_EVENTS = 256;
    private static final long FOREVER = Long.MAX_VALUE;

    private final LogTail tail;
    private final LongFunction<List<TrackedEventMessage<?>>> readAfter;
    private final Queue<TrackedEventMessage<?>> read = new ArrayDeque<>();
    private long position;

    LogStream(long position, LogTail tail, LongFunction<List<TrackedEventMessage<?>>> readAfter) {
        this.position = position;
        this.tail = tail;
        this.readAfter = readAfter;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        fill();
        return Optional.ofNullable(read.peek());
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        fill();
        if (read.isEmpty() && timeout > 0) {
            tail.await(position, unit.toNanos(timeout));
            fill();
        }
        return !read.isEmpty();
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        @Nullable TrackedEventMessage<?> next = read.poll();
        while (next == null) {
            fill();
            next = read.poll();
            if (next == null) {
                tail.await(position, FOREVER);
            }
        }
        return next;
    }

    private void fill() {
        if (!read.isEmpty()) {
            return;
        }
        var page = tail.after(position, PAGE_EVENTS);
        if (page == null) {
            page = readAfter.apply(position);
        }
        if (!page.isEmpty()) {
            read.addAll(page);
            position = PostgresEventStorageEngine.positionOf(page.getLast().trackingToken());
        }
    }

    @Override
    public void close() {}
}
