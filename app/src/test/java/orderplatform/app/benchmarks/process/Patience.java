package orderplatform.app.benchmarks.process;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;

/** Waiting for what is about to happen. */
public interface Patience {

    Duration AT_MOST = Duration.ofMinutes(5);
    Duration POLL = Duration.ofMillis(10);

    /**
     * Returns when the condition holds; as long as it throws, it does not.
     *
     * @param alive whether there is still anything to wait for
     */
    static void until(String what, BooleanSupplier alive, Callable<Boolean> condition) throws InterruptedException {
        var until = System.nanoTime() + AT_MOST.toNanos();
        while (!holds(condition)) {
            if (!alive.getAsBoolean() || System.nanoTime() > until) {
                throw new IllegalStateException("Waited in vain for " + what);
            }
            Thread.sleep(POLL);
        }
    }

    private static boolean holds(Callable<Boolean> condition) {
        try {
            return condition.call();
        } catch (Exception notYet) {
            return false;
        }
    }
}
