package orderplatform.app.benchmarks;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** The same HTTP call from many clients, as often as it is answered. */
interface Calls {

    @FunctionalInterface
    interface Call {
        void make(Connection connection) throws Exception;
    }

    static double perSecond(int clients, Crowd.Door door, Duration time, Call call) throws Exception {
        var done = new LongAdder();
        var start = System.nanoTime();
        var until = start + time.toNanos();
        Crowd.run(clients, door, connection -> {
            while (System.nanoTime() < until) {
                call.make(connection);
                done.increment();
            }
        });
        return done.sum() / ((System.nanoTime() - start) / 1e9);
    }
}
