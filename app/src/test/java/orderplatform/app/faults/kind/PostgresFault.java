package orderplatform.app.faults.kind;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import orderplatform.app.faults.stand.Stand;
import orderplatform.app.faults.wire.Proxy;

/** PostgreSQL stops at once, without a checkpoint, and starts again, is slow, or has no connection left. No node is started again for that. */
public enum PostgresFault implements Fault {
    STOPPED {
        @Override
        Outcome hurt(Scene scene, Duration time) throws Exception {
            scene.stand().postgres().end("QUIT");
            Thread.sleep(time);
            scene.stand().postgres().start();
            return recovered(scene);
        }
    },
    SLOW {
        @Override
        Outcome hurt(Scene scene, Duration time) throws Exception {
            scene.stand().trouble(Stand.Server.POSTGRES, Proxy.Trouble.SLOW);
            try {
                return Outcome.recoveredAfter(scene.probe().sellFor(time));
            } finally {
                scene.stand().trouble(Stand.Server.POSTGRES, Proxy.Trouble.NONE);
            }
        }
    },
    EXHAUSTED {
        @Override
        Outcome hurt(Scene scene, Duration time) throws Exception {
            var taken = new ArrayList<Connection>();
            boolean alone = false;
            try {
                var began = System.nanoTime();
                for (var until = began + time.toNanos(); !alone || System.nanoTime() < until; ) {
                    if (System.nanoTime() - began > ALONE_WITHIN.toNanos()) {
                        return Outcome.missedWhere(true, "the nodes without a session within " + ALONE_WITHIN);
                    }
                    scene.history().fault(fullName(), "ends sessions");
                    alone = takeAll(scene.stand(), taken);
                }
            } finally {
                for (var connection : taken) {
                    connection.close();
                }
            }
            return recovered(scene);
        }
    };

    private static final Duration ALONE_WITHIN = Duration.ofMinutes(1);
    private static final String OURS = "faults";
    private static final String NODES = " FROM pg_stat_activity WHERE usename = '%s' AND application_name <> '%s'"
            .formatted(Stand.DATABASE_USER, OURS);
    private static final String NODES_SESSIONS = "SELECT count(*)" + NODES;
    private static final String END_THE_NODES_SESSIONS = "SELECT pg_terminate_backend(pid)" + NODES;
    private static final String NONE_LEFT = "53300";

    abstract Outcome hurt(Scene scene, Duration time) throws Exception;

    @Override
    public String fullName() {
        return "postgres-" + name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int fullRuns() {
        return 50;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        return hurt(scene, scene.duration(random));
    }

    private static Outcome recovered(Scene scene) throws InterruptedException {
        return Outcome.recoveredAfter(scene.probe().awaitSale(System.nanoTime()));
    }

    /** Whether the nodes have no session any more; it can't be told while even the owner is not let in. */
    private static boolean takeAll(Stand stand, List<Connection> taken) throws SQLException {
        try {
            stand.database().execute(END_THE_NODES_SESSIONS);
            take(stand, taken);
            return stand.database().number(NODES_SESSIONS) == 0;
        } catch (SQLException refused) {
            requireNoneLeft(refused);
            return false;
        }
    }

    private static void requireNoneLeft(SQLException refused) throws SQLException {
        if (!NONE_LEFT.equals(refused.getSQLState())) {
            throw refused;
        }
    }

    /** All that are left for those who may not do everything. */
    private static void take(Stand stand, List<Connection> taken) throws SQLException {
        try {
            while (true) {
                taken.add(stand.connect(OURS));
            }
        } catch (SQLException refused) {
            requireNoneLeft(refused);
        }
    }
}
