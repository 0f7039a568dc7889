package orderplatform.app.simulation;

import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A thread that runs when it is its turn, and what it waits for meanwhile. */
final class Actor {

    private final String name;
    private final @Nullable Machine machine;
    private final Semaphore turn = new Semaphore(0);
    private @Nullable BooleanSupplier ready;
    private long wakeAt;
    private boolean killed;

    Actor(String name, @Nullable Machine machine) {
        this.name = name;
        this.machine = machine;
    }

    String name() {
        return name;
    }

    @Nullable
    Machine machine() {
        return machine;
    }

    void kill() {
        killed = true;
    }

    boolean isKilled() {
        return killed || machine != null && machine.isDead();
    }

    /** Has no turn before the condition holds or the time has come. */
    void awaits(@Nullable BooleanSupplier condition, long nanos) {
        ready = condition;
        wakeAt = nanos;
    }

    /** A killed actor goes on to its end. */
    boolean canGoOn(long now) {
        return isKilled() || !standsStill(now) && (wakeAt <= now || ready != null && ready.getAsBoolean());
    }

    private boolean standsStill(long now) {
        return machine != null && machine.stillUntil() > now;
    }

    /** When it is to be looked at again, if nothing happens before. */
    long earliest(long now) {
        return machine != null && standsStill(now) ? machine.stillUntil() : wakeAt;
    }

    void giveTurn() {
        turn.release();
    }

    void awaitTurn() {
        turn.acquireUninterruptibly();
    }
}
