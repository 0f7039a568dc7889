package orderplatform.app.faults;

import java.time.Duration;
import orderplatform.app.benchmarks.process.Progress;
import orderplatform.app.faults.kind.Scene;

/** Waiting until a platform that nobody asks for anything has nothing left to do. */
final class Rest {

    private static final Duration POLL = Duration.ofMillis(500);

    /** How often the same has to be seen. */
    private static final int STEADY = 4;

    private static final String STATE = """
            SELECT concat_ws(' ', (SELECT position FROM event_log.tail), (SELECT count(*) FROM event_log.saga),
                             (SELECT count(*) FROM notification_ledger WHERE status = 'SENT'))""";
    private static final String UNDONE = """
            SELECT (SELECT count(*) FROM event_log.saga) + (SELECT count(*) FROM notification_ledger WHERE status <> 'SENT')
                 - (SELECT count(*) FROM event_log.parked)""";

    private Rest() {}

    /** Returns at the latest when the time is over, at rest or not: the checker sees what is left. */
    static void await(Scene scene, Duration atMost) throws Exception {
        var until = System.nanoTime() + atMost.toNanos();
        var seen = "";
        for (int steady = 0; steady < STEADY && System.nanoTime() < until; ) {
            Thread.sleep(POLL);
            var now = scene.stand().database().text(STATE);
            boolean done = scene.stand().database().number(UNDONE) <= 0 && isPublished(scene, now);
            steady = done && now.equals(seen) ? steady + 1 : 0;
            seen = now;
        }
        if (System.nanoTime() >= until) {
            Progress.say("the platform does not come to rest: log, sagas, notifications %s", seen);
        }
    }

    private static boolean isPublished(Scene scene, String state) {
        return scene.witness().position() >= Long.parseLong(state.substring(0, state.indexOf(' ')));
    }
}
