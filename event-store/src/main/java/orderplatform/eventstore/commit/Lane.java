package orderplatform.eventstore.commit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread and its queue. It takes whatever waits, up to a bound, and has it done together; an idle lane has one thing
 * done at once.
 *
 * @param <T> what waits
 */
public final class Lane<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private final BlockingQueue<T> queue;
    private final int batch;
    private final UnaryOperator<List<T>> work;
    private final BiConsumer<T, Throwable> failed;
    private final Thread thread;
    private List<T> left = List.of();
    private volatile boolean stopped;

    /**
     * Nothing is done before it is started.
     *
     * @param queue most that may wait
     * @param batch most that is done together
     * @param work has to answer everything that it is given, but for what it gives back: that comes first in the next turn
     * @param failed told of everything in a batch that {@code work} threw for, and of what came too late
     */
    public Lane(String name, int queue, int batch, UnaryOperator<List<T>> work, BiConsumer<T, Throwable> failed) {
        this.queue = new ArrayBlockingQueue<>(queue);
        this.batch = batch;
        this.work = work;
        this.failed = failed;
        this.thread = new Thread(this::run, name);
    }

    public void start() {
        thread.start();
    }

    BlockingQueue<T> queue() {
        return queue;
    }

    /** False if the queue is full or the lane has stopped. */
    public boolean offer(T one) {
        return !stopped && queue.offer(one);
    }

    private void run() {
        while (!stopped || hasWork()) {
            turn(POLL_INTERVAL);
        }
    }

    /** Whether something waits. For the thread that takes turns. */
    boolean hasWork() {
        return !left.isEmpty() || !queue.isEmpty();
    }

    /** Does what waits together, if there is anything in time. */
    void turn(Duration patience) {
        var taken = new ArrayList<>(left);
        left = List.of();
        try {
            if (taken.isEmpty()) {
                var first = queue.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
                if (first == null) {
                    return;
                }
                taken.add(first);
            }
            queue.drainTo(taken, Math.max(0, batch - taken.size()));
            left = work.apply(List.copyOf(taken));
        } catch (InterruptedException ignoredUntilStopped) {
            LOG.debug("Interrupted", ignoredUntilStopped);
        } catch (RuntimeException | Error failure) {
            // Without its thread the node would answer no command any more.
            taken.forEach(one -> failed.accept(one, failure));
        }
    }

    /** Takes nothing more, and returns when everything that was taken is answered. */
    public void stop() throws InterruptedException {
        stopped = true;
        thread.join();
        for (var late = queue.poll(); late != null; late = queue.poll()) {
            failed.accept(late, new LaneFull("The node is stopping."));
        }
    }
}
