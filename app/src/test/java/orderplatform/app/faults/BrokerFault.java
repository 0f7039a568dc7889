package orderplatform.app.faults;

import java.time.Duration;
import java.util.Locale;
import java.util.Random;

/** The broker dies, or neither node reaches it. Orders go on; what was to be published is published afterwards. */
enum BrokerFault implements Fault {
    KILLED {
        @Override
        void begin(Stand stand) throws Exception {
            stand.broker().end("KILL");
        }

        @Override
        void end(Stand stand) throws Exception {
            stand.broker().start();
        }
    },
    UNREACHABLE {
        @Override
        void begin(Stand stand) {
            suffer(stand, Proxy.Trouble.CUT);
        }

        @Override
        void end(Stand stand) {
            suffer(stand, Proxy.Trouble.NONE);
        }
    };

    private static final int LONGEST_MILLIS = 5_000;
    private static final Duration DRAINED_WITHIN = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(200);

    abstract void begin(Stand stand) throws Exception;

    abstract void end(Stand stand) throws Exception;

    private static void suffer(Stand stand, Proxy.Trouble trouble) {
        for (int node = 0; node < Stand.NODES; node++) {
            stand.way(node, Stand.Server.BROKER).suffer(trouble);
        }
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
    public int quickRuns() {
        return 1;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        double seconds;
        begin(scene.stand());
        try {
            seconds = scene.probe().awaitSale(System.nanoTime());
            Thread.sleep(random.nextInt(LONGEST_MILLIS));
        } finally {
            end(scene.stand());
        }
        return new Outcome(seconds, isDrained(scene) ? "" : "drained within " + DRAINED_WITHIN);
    }

    /** What lay in the log when the broker was back has been published. */
    private static boolean isDrained(Scene scene) throws Exception {
        long head = scene.stand().database().number("SELECT position FROM event_log.tail");
        var until = System.nanoTime() + DRAINED_WITHIN.toNanos();
        while (scene.witness().position() < head && System.nanoTime() < until) {
            Thread.sleep(POLL);
        }
        return scene.witness().position() >= head;
    }
}
