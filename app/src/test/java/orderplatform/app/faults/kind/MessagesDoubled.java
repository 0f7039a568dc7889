package orderplatform.app.faults.kind;

import java.time.Duration;
import java.util.Random;
import java.util.Set;

/** Messages come again, some of them after later ones. */
public final class MessagesDoubled implements Fault {

    private static final Set<String> TYPES =
            Set.of("order.placed", "order.confirmed", "order.rejected", "order.cancelled");
    private static final Duration SHORTEST = Duration.ofSeconds(3);

    @Override
    public String fullName() {
        return "messages-doubled";
    }

    @Override
    public int fullRuns() {
        return 20;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        scene.witness().stutter(TYPES);
        Thread.sleep(SHORTEST.plus(scene.duration(random)));
        scene.witness().speakClearly();
        return Outcome.recoveredAfter(0);
    }
}
