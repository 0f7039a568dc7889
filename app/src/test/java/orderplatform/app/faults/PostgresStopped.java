package orderplatform.app.faults;

import java.util.Random;

/** PostgreSQL stops at once, without a checkpoint, and starts again; no node is started again for that. */
final class PostgresStopped implements Fault {

    private static final int GONE_FOR_MILLIS = 4_000;

    @Override
    public String fullName() {
        return "postgres-stopped";
    }

    @Override
    public int fullRuns() {
        return 50;
    }

    @Override
    public int quickRuns() {
        return 1;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        scene.stand().postgres().end("QUIT");
        Thread.sleep(random.nextInt(GONE_FOR_MILLIS));
        scene.stand().postgres().start();
        return Outcome.recoveredAfter(scene.probe().awaitSale(System.nanoTime()));
    }
}
