package orderplatform.app.faults;

import java.util.Random;
import java.util.Set;

/** Messages come again, some of them after later ones. */
final class MessagesDoubled implements Fault {

    private static final Set<String> TYPES =
            Set.of("order.placed", "order.confirmed", "order.rejected", "order.cancelled");
    private static final int SHORTEST_MILLIS = 3_000;
    private static final int LONGEST_MILLIS = 8_000;

    @Override
    public String fullName() {
        return "messages-doubled";
    }

    @Override
    public int fullRuns() {
        return 20;
    }

    @Override
    public int quickRuns() {
        return 1;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        scene.witness().stutter(TYPES);
        Thread.sleep(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS));
        scene.witness().speakClearly();
        return Outcome.recoveredAfter(0);
    }
}
