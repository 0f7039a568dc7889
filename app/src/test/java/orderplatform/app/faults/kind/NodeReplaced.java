package orderplatform.app.faults.kind;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import orderplatform.app.faults.load.Balancer;
import orderplatform.app.faults.stand.Clocks;
import orderplatform.app.faults.stand.Stand;

/**
 * A node is stopped as for an upgrade and started again, behind a load balancer. No request may fail meanwhile.
 */
public enum NodeReplaced implements Fault {

    /** By one of the same kind. */
    UPGRADED("node-upgraded", 5) {
        @Override
        Map<String, String> environment(Random random) {
            return Map.of();
        }

        /** The other one does the same, and more. */
        @Override
        public int quickRuns() {
            return CLOCK_OFF.isPossible() ? 0 : 1;
        }
    },

    /** By one whose clock is an hour ahead or behind, until it is replaced again. */
    CLOCK_OFF("clock-off", 20) {
        @Override
        Map<String, String> environment(Random random) {
            return Clocks.offBy(random.nextBoolean() ? HOUR : HOUR.negated());
        }

        @Override
        public boolean isPossible() {
            return Clocks.installed().isPresent();
        }
    };

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration GOES_ON = Duration.ofSeconds(1);

    private final String fullName;
    private final int fullRuns;
    private int replaced;

    NodeReplaced(String fullName, int fullRuns) {
        this.fullName = fullName;
        this.fullRuns = fullRuns;
    }

    abstract Map<String, String> environment(Random random);

    @Override
    public String fullName() {
        return fullName;
    }

    @Override
    public int fullRuns() {
        return fullRuns;
    }

    @Override
    public boolean startsNodes() {
        return true;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        int number = random.nextInt(Stand.NODES);
        var node = scene.stand().node(number);
        var customers = new Balancer("%s-%d".formatted(fullName, ++replaced), random, scene.caller());
        try (customers) {
            Thread.sleep(GOES_ON);
            node.close();
            node.with(environment(random)).launch();
            node.awaitReady();
            Thread.sleep(GOES_ON);
        }
        if (customers.failed() > 0) {
            return Outcome.missedWhere(
                    true, "no failed request: %d of %d failed".formatted(customers.failed(), customers.asked()));
        }
        return Outcome.recoveredAfter(scene.probe().awaitSaleAt(number, System.nanoTime()));
    }
}
