package orderplatform.app.faults.kind;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import orderplatform.app.faults.stand.Stand;
import orderplatform.app.faults.wire.AmqpWire;
import orderplatform.app.faults.wire.HttpWire;
import orderplatform.app.faults.wire.PostgresWire;
import orderplatform.app.faults.wire.Proxy;

/** A node is killed at a certain message between it and a server, and started again; the other one has to take over. */
public enum NodeKilledAt implements Fault {
    BEFORE_APPEND(Stand.Server.POSTGRES, PostgresWire.APPEND, false),
    BEFORE_COMMIT(Stand.Server.POSTGRES, PostgresWire.COMMIT, false),
    AFTER_COMMIT(Stand.Server.POSTGRES, PostgresWire.COMMITTED, false),
    BEFORE_CALL(Stand.Server.PAYMENTS, HttpWire.CALL, false),
    AFTER_CALL(Stand.Server.PAYMENTS, HttpWire.ANSWER, false),
    BEFORE_PUBLISH(Stand.Server.BROKER, AmqpWire.PUBLISH, false),
    BEFORE_CONFIRM(Stand.Server.BROKER, AmqpWire.CONFIRM, false),
    AFTER_CONFIRM(Stand.Server.BROKER, AmqpWire.CONFIRM, true),
    BEFORE_ACK(Stand.Server.BROKER, AmqpWire.ACK, false);

    private static final Set<NodeKilledAt> QUICK = EnumSet.of(AFTER_COMMIT, BEFORE_CALL);
    private static final long REACHED_WITHIN_SECONDS = 30;

    private final Stand.Server server;
    private final String message;
    private final boolean passes;

    /** @param passes whether the message still arrives */
    NodeKilledAt(Stand.Server server, String message, boolean passes) {
        this.server = server;
        this.message = message;
        this.passes = passes;
    }

    @Override
    public String fullName() {
        return "node-killed-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public int fullRuns() {
        return 20;
    }

    @Override
    public int quickRuns() {
        return QUICK.contains(this) ? 1 : 0;
    }

    @Override
    public boolean startsNodes() {
        return true;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        var stand = scene.stand();
        var killed = new CompletableFuture<Integer>();
        set(scene, killed);
        int node;
        try {
            node = killed.get(REACHED_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException never) {
            return Outcome.missedWhere(true, "a node came to the point");
        } finally {
            for (int i = 0; i < Stand.NODES; i++) {
                stand.way(i, server).unset();
            }
        }
        var since = System.nanoTime();
        stand.node(node).launch();
        var seconds = scene.probe().awaitSale(since);
        stand.node(node).awaitReady();
        return Outcome.recoveredAfter(seconds);
    }

    /** For the node that comes there first. */
    private void set(Scene scene, CompletableFuture<Integer> killed) {
        var stand = scene.stand();
        var armed = new AtomicBoolean(true);
        for (int i = 0; i < Stand.NODES; i++) {
            int node = i;
            stand.way(node, server).set(new Proxy.Trap(message, passes, armed, () -> {
                scene.history().fault(fullName(), "kills");
                stand.node(node).kill();
                killed.complete(node);
            }));
        }
    }
}
