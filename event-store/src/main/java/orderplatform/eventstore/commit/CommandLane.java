package orderplatform.eventstore.commit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread and its queue. It takes whatever waits, up to a bound, and has it committed together; an idle lane commits one
 * command at once.
 */
final class CommandLane {

    private static final Logger LOG = LoggerFactory.getLogger(CommandLane.class);
    private static final Duration LOOK_UP = Duration.ofMillis(200);

    private final BlockingQueue<Waiting> queue;
    private final int batch;
    private final Consumer<List<Waiting>> commit;
    private final Thread thread;
    private volatile boolean stopped;

    CommandLane(String name, LaneSettings settings, Consumer<List<Waiting>> commit) {
        this.queue = new ArrayBlockingQueue<>(settings.queue());
        this.batch = settings.batch();
        this.commit = commit;
        this.thread = new LaneThread(this::run, name);
        thread.start();
    }

    /** Tells a lane's thread from others: what it dispatches belongs to its batch. */
    private static final class LaneThread extends Thread {

        LaneThread(Runnable work, String name) {
            super(work, name);
        }
    }

    static boolean isCurrent() {
        return Thread.currentThread() instanceof LaneThread;
    }

    BlockingQueue<Waiting> queue() {
        return queue;
    }

    /** False where the queue is full or the lane has stopped. */
    boolean offer(Waiting command) {
        return !stopped && queue.offer(command);
    }

    private void run() {
        var taken = new ArrayList<Waiting>(batch);
        while (!stopped || !queue.isEmpty()) {
            try {
                var first = queue.poll(LOOK_UP.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    taken.add(first);
                    queue.drainTo(taken, batch - 1);
                    commit.accept(List.copyOf(taken));
                }
            } catch (InterruptedException ignoredUntilStopped) {
                LOG.debug("Interrupted", ignoredUntilStopped);
            } catch (RuntimeException bug) {
                LOG.error("A batch of {} commands was not handled", taken.size(), bug);
                taken.forEach(command -> command.fail(bug));
            }
            taken.clear();
        }
    }

    /** Takes nothing more, and returns when everything that was taken is answered. */
    void stop() throws InterruptedException {
        stopped = true;
        thread.join();
        for (var late = queue.poll(); late != null; late = queue.poll()) {
            late.fail(new LaneFull("The node is stopping."));
        }
    }
}
