package orderplatform.app.faults.kind;

import java.util.Random;
import orderplatform.app.faults.stand.Stand;

/** A node is killed at a random moment, and started again; the other one has to take over what it was doing. */
public final class NodeKilled implements Fault {

    private static final int WITHIN_MILLIS = 2_000;

    @Override
    public String fullName() {
        return "node-killed";
    }

    @Override
    public int fullRuns() {
        return 200;
    }

    @Override
    public boolean startsNodes() {
        return true;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        var node = scene.stand().node(random.nextInt(Stand.NODES));
        Thread.sleep(random.nextInt(WITHIN_MILLIS));
        var since = System.nanoTime();
        scene.history().fault(fullName(), "kills");
        node.kill();
        node.launch();
        var seconds = scene.probe().awaitSale(since);
        node.awaitReady();
        return Outcome.recoveredAfter(seconds);
    }
}
