package orderplatform.app.faults;

import java.sql.SQLException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import orderplatform.app.Signals;

/** A segment of the sagas is given to the other node while the one that works on it is paused in the middle of a batch. */
final class SegmentStolen implements Fault {

    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(8);
    private static final Duration POLL = Duration.ofMillis(100);

    /** A node that was cut off before gives its segments up, and the other one looks for free ones every few seconds. */
    private static final Duration TRIED_FOR = Duration.ofSeconds(30);

    private static final String LOCKED = "55P03";
    private static final String SEGMENT = "processor_name = 'payments' AND segment = 1";

    @Override
    public String fullName() {
        return "segment-stolen";
    }

    @Override
    public int fullRuns() {
        return 50;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        boolean stolen = false;
        var until = System.nanoTime() + TRIED_FOR.toNanos();
        while (!stolen && System.nanoTime() < until) {
            stolen = steal(scene.stand());
        }
        return new Outcome(scene.probe().awaitSale(System.nanoTime()), stolen ? "" : "the other node took the segment");
    }

    /** Has both nodes work on sagas. */
    static void share(Stand stand) throws Exception {
        var until = System.nanoTime() + TRIED_FOR.toNanos();
        while (stand.database().nodesWithSagas() < Stand.NODES && System.nanoTime() < until) {
            steal(stand);
        }
    }

    /** Whether another node has the segment now. */
    private static boolean steal(Stand stand) throws Exception {
        var robbed = owner(stand);
        var pid = pid(stand, robbed);
        if (pid.isEmpty()) {
            Thread.sleep(POLL);
            return false;
        }
        Signals.send("STOP", pid.getAsLong());
        try {
            // The paused node may hold the row; then this fails, and so does the theft.
            stand.database()
                    .execute("SET lock_timeout = '200ms'", "UPDATE event_log.token SET owner = NULL WHERE " + SEGMENT);
            var until = System.nanoTime() + TAKEN_WITHIN.toNanos();
            while (owner(stand).isEmpty() && System.nanoTime() < until) {
                Thread.sleep(POLL);
            }
        } catch (SQLException failed) {
            if (LOCKED.equals(failed.getSQLState())) {
                return false;
            }
            throw failed;
        } finally {
            Signals.send("CONT", pid.getAsLong());
            Thread.sleep(POLL);
        }
        var owner = owner(stand);
        return !owner.isEmpty() && !owner.equals(robbed);
    }

    /** Empty where nobody has it, or a node that is gone, whose process id may be another's. */
    private static OptionalLong pid(Stand stand, String owner) {
        return IntStream.range(0, Stand.NODES)
                .mapToLong(node -> stand.node(node).pid())
                .filter(pid -> owner.startsWith(pid + "@"))
                .findFirst();
    }

    private static String owner(Stand stand) throws SQLException {
        return stand.database().text("SELECT coalesce(owner, '') FROM event_log.token WHERE " + SEGMENT);
    }
}
