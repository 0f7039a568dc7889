package orderplatform.app.faults.kind;

import java.time.Duration;
import java.util.Random;
import orderplatform.app.Signals;
import orderplatform.app.faults.stand.Stand;

/**
 * A node stops for twice the lease of a hot SKU's lock, with whatever it holds, and then goes on as if nothing had been:
 * what it writes late has to be refused. Its readers and its payments are taken over meanwhile.
 */
public final class NodePaused implements Fault {

    private static final Duration TWICE_THE_LEASE = Duration.ofSeconds(11);

    @Override
    public String fullName() {
        return "node-paused";
    }

    @Override
    public int fullRuns() {
        return 100;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        long pid = scene.stand().node(random.nextInt(Stand.NODES)).pid();
        Signals.send("STOP", pid);
        try {
            Thread.sleep(TWICE_THE_LEASE);
        } finally {
            Signals.send("CONT", pid);
        }
        return Outcome.recoveredAfter(scene.probe().awaitSale(System.nanoTime()));
    }
}
