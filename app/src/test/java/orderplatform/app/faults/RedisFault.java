package orderplatform.app.faults;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Random;

/** Redis forgets, dies or hangs. Nobody may notice but by the clock, so orders have to be accepted meanwhile. */
enum RedisFault implements Fault {
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
    KILLED {
        @Override
        void begin(ServerProcess redis) throws Exception {
            redis.end("KILL");
        }

        @Override
        void end(ServerProcess redis) throws Exception {
            redis.start();
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

    abstract void begin(ServerProcess redis) throws Exception;

    abstract void end(ServerProcess redis) throws Exception;

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
            var seconds = scene.probe().awaitSale(System.nanoTime());
            Thread.sleep(random.nextInt(scene.longestMillis()));
            return Outcome.recoveredAfter(seconds);
        } finally {
            end(redis);
        }
    }
}
