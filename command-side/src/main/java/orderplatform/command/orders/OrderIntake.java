package orderplatform.command.orders;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import orderplatform.api.Problem;
import org.springframework.stereotype.Component;

/**
 * Takes in new orders no faster than their payments get on. To accept an order is the least of the
 * work: without a brake the backlog outgrows the memory of recent events, aggregates and sagas, and each order costs the
 * more the longer it waits.
 */
@Component
class OrderIntake {

    private static final long POLL_INTERVAL_MILLIS = 10;

    /** Those who are refused together must not come back together. */
    private static final int MAX_RETRY_AFTER_SECONDS = 5;

    /** Of an order of one line. */
    private static final long EVENTS_PER_ORDER = 8;

    private final Backlog backlog;
    private final OrderIntakeSettings settings;
    private final Semaphore places;

    /** FIFO lock: only the head of the queue polls for room. */
    private final ReentrantLock head = new ReentrantLock(true);

    OrderIntake(Backlog backlog, OrderIntakeSettings settings) {
        this.backlog = backlog;
        this.settings = settings;
        this.places = new Semaphore(settings.waiting());
    }

    /**
     * Costs nothing, so that refusals leave the time to those who are served.
     *
     * @throws Problem 503 if too many wait already
     */
    void refuseWhereCrowded() {
        if (places.availablePermits() == 0 && isFull()) {
            throw crowded();
        }
    }

    private static Problem crowded() {
        return Problem.unavailable("Too many orders are waiting to be taken in.")
                .retryAfter(Duration.ofSeconds(ThreadLocalRandom.current().nextInt(MAX_RETRY_AFTER_SECONDS) + 1));
    }

    /**
     * Returns when there is room, or when patience is over: fulfilment that is stuck must not close the shop.
     *
     * @throws Problem 503 if too many wait already, or if the node stops
     */
    void awaitRoom() {
        if (head.isLocked() || isFull()) {
            if (!places.tryAcquire()) {
                throw crowded();
            }
            try {
                awaitTurn();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Problem.unavailable("The platform is stopping.");
            } finally {
                places.release();
            }
        }
        backlog.expect(EVENTS_PER_ORDER);
    }

    private void awaitTurn() throws InterruptedException {
        var until = System.nanoTime() + settings.patience().toNanos();
        if (head.tryLock(settings.patience().toNanos(), TimeUnit.NANOSECONDS)) {
            try {
                while (isFull() && System.nanoTime() < until) {
                    Thread.sleep(POLL_INTERVAL_MILLIS);
                }
            } finally {
                head.unlock();
            }
        }
    }

    private boolean isFull() {
        return backlog.commands() > settings.commands() || backlog.events() > settings.backlog();
    }
}
