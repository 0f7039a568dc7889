package orderplatform.app.faults.kind;

import java.util.List;
import java.util.Random;
import orderplatform.app.faults.stand.Stand;
import orderplatform.app.faults.wire.Proxy;

/** One node loses its way to one server: it is cut, hangs, is slow, or lets through one direction only. The other one serves on. */
public final class NodeCutOff implements Fault {

    private static final List<Proxy.Trouble> TROUBLES =
            List.of(Proxy.Trouble.CUT, Proxy.Trouble.HANG, Proxy.Trouble.MUTE, Proxy.Trouble.DEAF, Proxy.Trouble.SLOW);

    @Override
    public String fullName() {
        return "node-cut-off";
    }

    @Override
    public int fullRuns() {
        return 50;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        int node = random.nextInt(Stand.NODES);
        var servers = Stand.Server.values();
        var way = scene.stand().way(node, servers[random.nextInt(servers.length)]);
        double other;
        way.suffer(TROUBLES.get(random.nextInt(TROUBLES.size())));
        try {
            other = scene.probe().awaitSaleAt((node + 1) % Stand.NODES, System.nanoTime());
            Thread.sleep(scene.duration(random));
        } finally {
            way.suffer(Proxy.Trouble.NONE);
        }
        return Outcome.recoveredAfter(Math.max(other, scene.probe().awaitSaleAt(node, System.nanoTime())));
    }
}
