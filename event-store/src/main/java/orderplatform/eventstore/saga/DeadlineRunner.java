package orderplatform.eventstore.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import orderplatform.eventstore.commit.LaneCommandBus;
import orderplatform.eventstore.commit.ReactionBatch;
import org.axonframework.eventhandling.GenericEventMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Fires deadlines on any node that runs it. A deadline is taken out of its saga's row in the commit that stores what its
 * handler did, so it fires once, also if two nodes fire it at once; if the handler fails, the deadline comes again after a pause.
 */
class DeadlineRunner implements SmartLifecycle {

    /** The table is looked at this often, for what is due until the next look. */
    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private static final Duration BACK_OFF = Duration.ofSeconds(5);

    private static final int MAX_AT_ONCE = 200;
    private static final Logger LOG = LoggerFactory.getLogger(DeadlineRunner.class);

    private final SagaReactions reactions;
    private final LaneCommandBus lane;
    private volatile @Nullable Thread thread;

    DeadlineRunner(SagaReactions reactions, LaneCommandBus lane) {
        this.reactions = reactions;
        this.lane = lane;
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                var nextLook = now().plus(POLL_INTERVAL);
                var soon = reactions.dueUntil(nextLook, MAX_AT_ONCE);
                fire(soon);
                if (soon.size() < MAX_AT_ONCE) {
                    sleepUntil(nextLook);
                }
            } catch (InterruptedException stopped) {
                return;
            } catch (RuntimeException | Error failed) {
                LOG.warn("The deadlines cannot be fired: {}", failed.toString());
                pause();
            }
        }
    }

    private static Instant now() {
        return GenericEventMessage.clock.instant();
    }

    void sleepUntil(Instant time) throws InterruptedException {
        var left = Duration.between(now(), time);
        if (left.isPositive()) {
            Thread.sleep(left);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_INTERVAL);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Each when it is due; those that are due already share a commit. Returns when all are stored or have failed. A saga that was changed
     * since the look is left to the next one.
     */
    void fire(List<SagaTable.Due> soon) throws InterruptedException {
        var fired = new LinkedHashMap<SagaTable.Due, Future<?>>();
        for (var due : soon) {
            sleepUntil(due.at());
            var tried = new AtomicBoolean();
            fired.put(due, lane.react("deadline of " + due.row().id(), batch -> {
                if (tried.compareAndSet(false, true)) {
                    fire(due, batch);
                }
            }));
        }
        for (var one : fired.entrySet()) {
            try {
                await(one.getValue());
            } catch (ExecutionException failed) {
                postpone(one.getKey(), failed);
            }
        }
    }

    /** One that was postponed is due later by the row than by its saga. */
    private void fire(SagaTable.Due due, ReactionBatch batch) {
        var by = now().isAfter(due.at()) ? now() : due.at();
        reactions.fire(due.row(), by, batch);
    }

    /** Waits until a reaction is stored. */
    void await(Future<?> stored) throws InterruptedException, ExecutionException {
        stored.get();
    }

    private void postpone(SagaTable.Due due, Throwable failure) {
        LOG.warn("A deadline of {} failed and comes again in {}", due.row().id(), BACK_OFF, failure);
        reactions.postpone(due.row().id(), now().plus(BACK_OFF));
    }

    @Override
    public void start() {
        thread = Thread.ofPlatform().daemon().name("deadlines").start(this::run);
    }

    @Override
    public void stop() {
        var running = thread;
        thread = null;
        if (running != null) {
            running.interrupt();
            try {
                running.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
