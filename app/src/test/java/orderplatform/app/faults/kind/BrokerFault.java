package orderplatform.app.faults.kind;

import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import orderplatform.app.faults.load.Witness;
import orderplatform.app.faults.stand.RabbitMq;
import orderplatform.app.faults.stand.Stand;
import orderplatform.app.faults.wire.Proxy;

/** The broker dies, or neither node reaches it, or it takes no messages. Orders go on; what was to be published is published afterwards. */
public enum BrokerFault implements Fault {
    KILLED,

    /** For so long that no backlog of a moment's is left of it. */
    AWAY {
        @Override
        Duration duration(Scene scene, Random random) {
            return Duration.ofMinutes(10);
        }

        @Override
        public int quickRuns() {
            return 0;
        }

        @Override
        public int customersPauseMillis() {
            return 4_000;
        }
    },
    UNREACHABLE {
        @Override
        void begin(Stand stand) {
            stand.trouble(Stand.Server.BROKER, Proxy.Trouble.CUT);
        }

        @Override
        void end(Stand stand) {
            stand.trouble(Stand.Server.BROKER, Proxy.Trouble.NONE);
        }
    },

    /** Each message of the outcomes that notifications are there for is nacked. */
    REFUSING {
        @Override
        void begin(Stand stand) throws Exception {
            stand.rabbitMq().refuseFor(Witness.NOTIFICATIONS);
        }

        @Override
        void end(Stand stand) throws Exception {
            stand.rabbitMq().acceptAgain();
        }

        @Override
        public boolean isPossible() {
            return RabbitMq.installed().isPresent();
        }
    },

    /** Publishers are blocked. */
    FULL {
        @Override
        void begin(Stand stand) throws Exception {
            stand.rabbitMq().runOutOfDisk();
        }

        @Override
        void end(Stand stand) throws Exception {
            stand.rabbitMq().findDisk();
        }

        @Override
        public boolean isPossible() {
            return RabbitMq.installed().isPresent();
        }
    };

    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(200);

    void begin(Stand stand) throws Exception {
        stand.broker().end("KILL");
    }

    void end(Stand stand) throws Exception {
        stand.broker().start();
    }

    Duration duration(Scene scene, Random random) {
        return scene.duration(random);
    }

    @Override
    public String fullName() {
        return "broker-" + name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int fullRuns() {
        return 30;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        double seconds;
        begin(scene.stand());
        boolean held;
        try {
            seconds = scene.probe().sellFor(duration(scene, random));
            held = scene.witness().position() < head(scene);
        } finally {
            end(scene.stand());
        }
        if (!held) {
            return new Outcome(seconds, "nothing was published meanwhile");
        }
        return new Outcome(seconds, isDrained(scene) ? "" : "drained within " + DRAINED_WITHIN);
    }

    /** What lay in the log when the broker was back has been published. */
    private static boolean isDrained(Scene scene) throws Exception {
        long head = head(scene);
        var until = System.nanoTime() + DRAINED_WITHIN.toNanos();
        while (scene.witness().position() < head && System.nanoTime() < until) {
            Thread.sleep(POLL);
        }
        return scene.witness().position() >= head;
    }

    private static long head(Scene scene) throws Exception {
        return scene.stand().database().number("SELECT position FROM event_log.tail");
    }
}
