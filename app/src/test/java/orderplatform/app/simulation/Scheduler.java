package orderplatform.app.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs threads one at a time. Which one goes on after a step, and how long the step took on the virtual clock, is the
 * choice of one random source, so the same seed gives the same run. A thread gives way only in {@link #step} and
 * {@link #await}; the clock jumps if no actor can go on.
 */
public final class Scheduler {

    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
    private static final int LONGEST_RUN_SECONDS = 120;
    private static final int LONGEST_STEP_MICROS = 2_000;
    private static final Duration FOREVER = Duration.ofDays(1_000);
    private static final ThreadLocal<@Nullable Scheduler> CURRENT = new ThreadLocal<>();

    private final SplittableRandom random;
    private final Semaphore over = new Semaphore(0);
    private final List<Actor> actors = new ArrayList<>();
    private final List<Actor> runnable = new ArrayList<>();
    private final List<Step> trace = new ArrayList<>();
    private long nanos;
    private @Nullable Actor running;
    private @Nullable Throwable failure;
    private Runnable mischief = () -> {};

    Scheduler(SplittableRandom random) {
        this.random = random;
    }

    /** Time on the virtual clock, or the real one outside of a simulation. */
    static Instant now() {
        var scheduler = CURRENT.get();
        return scheduler == null ? Instant.now() : scheduler.time();
    }

    /** What may happen to the others, or to the running thread's machine, at every step. */
    void atEveryStep(Runnable newMischief) {
        mischief = newMischief;
    }

    /**
     * Runs the thread and those that it starts, until it ends; the others die with it.
     *
     * @throws Throwable what it threw
     */
    void run(Runnable director) throws Throwable {
        var thread = thread(null, "director", () -> {
            try {
                director.run();
            } catch (Throwable violated) {
                failure = failure == null ? violated : failure;
            }
            actors.forEach(Actor::kill);
        });
        thread.start();
        handOn();
        if (!over.tryAcquire(LONGEST_RUN_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("A thread waits for something that the scheduler does not know of");
        }
        if (failure != null) {
            throw failure;
        }
    }

    public void spawn(@Nullable Machine machine, String name, Runnable work) {
        thread(machine, name, work).start();
    }

    /** @return not started yet, although it counts as one that can go on */
    public Thread thread(@Nullable Machine machine, String name, Runnable work) {
        var actor = new Actor(name, machine);
        actor.awaits(null, nanos);
        actors.add(actor);
        return Thread.ofVirtual().name(name).unstarted(() -> {
            actor.awaitTurn();
            CURRENT.set(this);
            try {
                if (!actor.isKilled()) {
                    work.run();
                }
            } catch (MachineDied expected) {
                trace("died");
            } catch (Throwable unexpected) {
                if (failure == null && !actor.isKilled()) {
                    failure = unexpected;
                }
            }
            actors.remove(actor);
            handOn();
        });
    }

    private void handOn() {
        if (actors.isEmpty()) {
            over.release();
        } else {
            running = next();
            running.giveTurn();
        }
    }

    private Actor next() {
        while (true) {
            runnable.clear();
            for (var actor : actors) {
                if (actor.canGoOn(nanos)) {
                    runnable.add(actor);
                }
            }
            if (!runnable.isEmpty()) {
                return runnable.get(random.nextInt(runnable.size()));
            }
            nanos = actors.stream()
                    .mapToLong(actor -> actor.earliest(nanos))
                    .min()
                    .orElseThrow();
        }
    }

    /** The running thread is about to do something that others can see; it may not live to do it. */
    public void step(String what) {
        giveWay(null, 0);
        nanos += random.nextInt(LONGEST_STEP_MICROS) * 1_000L;
        trace(what);
        mischief.run();
        dieIfKilled(current());
    }

    /** Returns when the condition, which must not take a step, holds or the time is over; tells whether it holds. */
    public boolean await(BooleanSupplier condition, Duration atMost) {
        giveWay(condition, atMost.toNanos());
        return condition.getAsBoolean();
    }

    public void await(BooleanSupplier condition) {
        await(condition, FOREVER);
    }

    public void sleep(Duration time) {
        await(() -> false, time);
    }

    private void giveWay(@Nullable BooleanSupplier ready, long atMostNanos) {
        var me = current();
        dieIfKilled(me);
        me.awaits(ready, nanos + atMostNanos);
        var next = next();
        if (next != me) {
            running = next;
            next.giveTurn();
            me.awaitTurn();
        }
        dieIfKilled(me);
    }

    private static void dieIfKilled(Actor actor) {
        if (actor.isKilled()) {
            throw new MachineDied();
        }
    }

    private Actor current() {
        if (running == null) {
            throw new IllegalStateException("Nothing is running");
        }
        return running;
    }

    /** The actor that runs, to tell it from others. */
    public Object self() {
        return current();
    }

    public @Nullable Machine machine() {
        return current().machine();
    }

    public long nanoTime() {
        return nanos;
    }

    public Instant time() {
        return BEGINNING.plusNanos(nanos);
    }

    void trace(String what) {
        trace.add(new Step(nanos, current().name(), what));
    }

    /** All that happened, one step after the other. */
    List<Step> trace() {
        return trace;
    }
}
