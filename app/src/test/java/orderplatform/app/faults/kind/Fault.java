package orderplatform.app.faults.kind;

import java.util.Random;
import orderplatform.app.faults.load.Load;

/** One way to hurt the platform. */
public interface Fault {

    /** Under which it is chosen and reported. */
    String fullName();

    int fullRuns();

    default int quickRuns() {
        return 1;
    }

    /** Whether what it takes is installed. */
    default boolean isPossible() {
        return true;
    }

    /** Whether nodes are started so often that it pays to make that quick. */
    default boolean startsNodes() {
        return false;
    }

    /** Whether nodes have so much to do, for so long, that their second compiler pays. */
    default boolean keepsNodesBusy() {
        return false;
    }

    /** Milliseconds that a customer waits at most before the next thing it does. */
    default int customersPauseMillis() {
        return Load.PAUSE_MILLIS;
    }

    /** Seconds within which orders have to be accepted again. */
    default double servesAgainWithin() {
        return 15;
    }

    /**
     * Hurts, mends, and returns when the platform is whole again.
     *
     * @param random the choices of this run
     * @return what came of it
     * @throws Exception if the fault could not be done
     */
    Outcome strike(Scene scene, Random random) throws Exception;

    /**
     * @param recoverySeconds until an order was accepted again; 0 if that is not the point
     * @param missed what should have held beside the invariants, and didn't; empty if all did
     */
    record Outcome(double recoverySeconds, String missed) {

        static Outcome recoveredAfter(double seconds) {
            return new Outcome(seconds, "");
        }

        static Outcome missedWhere(boolean missed, String what) {
            return new Outcome(0, missed ? what : "");
        }

        @Override
        public String toString() {
            if (!missed.isEmpty()) {
                return "missed: " + missed;
            }
            return recoverySeconds == 0 ? "done" : "orders accepted again after %.1f s".formatted(recoverySeconds);
        }
    }
}
