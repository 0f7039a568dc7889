package orderplatform.app.faults.kind;

import java.time.Duration;
import java.util.Random;
import orderplatform.app.faults.load.Caller;
import orderplatform.app.faults.load.History;
import orderplatform.app.faults.load.Probe;
import orderplatform.app.faults.load.Witness;
import orderplatform.app.faults.stand.Stand;

/**
 * What a fault has at hand.
 *
 * @param history where a fault notes what it does more than once
 * @param caller for customers of its own
 * @param longestMillis that it may last, if it ends by the clock
 */
public record Scene(Stand stand, History history, Caller caller, Probe probe, Witness witness, int longestMillis) {

    Duration duration(Random random) {
        return Duration.ofMillis(random.nextInt(longestMillis));
    }
}
