package orderplatform.app.faults.kind;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import orderplatform.app.faults.stand.ServerProcess;

/** Redis forgets, dies or hangs. Nobody may notice but by the clock, so orders have to be accepted meanwhile. */
public enum RedisFault implements Fault {
    FLUSHED {
        @Override
        void begin(ServerProcess redis) throws Exception {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
                socket.getOutputStream().write("FLUSHALL\r\n".getBytes(StandardCharsets.US_ASCII));
                if (socket.getInputStream().read() != '+') {
                    throw new IllegalStateException("Redis does not flush");
                }
            }
        }

        @Override
        void end(ServerProcess redis) {
            // It has forgotten; there is nothing to mend.
        }
    },
    KILLED,

    /** For so long that whatever it held has run out. */
    AWAY {
        @Override
        Duration duration(Scene scene, Random random) {
            return Duration.ofMinutes(5);
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
    HANGING {
        @Override
        void begin(ServerProcess redis) throws Exception {
            redis.signal("STOP");
        }

        @Override
        void end(ServerProcess redis) throws Exception {
            redis.signal("CONT");
        }
    };

    void begin(ServerProcess redis) throws Exception {
        redis.end("KILL");
    }

    void end(ServerProcess redis) throws Exception {
        redis.start();
    }

    Duration duration(Scene scene, Random random) {
        return scene.duration(random);
    }

    @Override
    public String fullName() {
        return "redis-" + name().toLowerCase(Locale.ROOT);
    }

    @Override
    public int fullRuns() {
        return 50;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        var redis = scene.stand().redis();
        begin(redis);
        try {
            return Outcome.recoveredAfter(scene.probe().sellFor(duration(scene, random)));
        } finally {
            end(redis);
        }
    }
}
