package orderplatform.app.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import orderplatform.app.benchmarks.process.Connection;
import orderplatform.app.benchmarks.process.Settings;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** The same HTTP call from many clients, as often as it is answered. */
public interface Calls {

    @FunctionalInterface
    interface Call {
        void make(Connection connection) throws Exception;
    }

    /** One of many calls. */
    @FunctionalInterface
    interface Numbered {
        void make(Connection connection, int number) throws Exception;
    }

    /**
     * Calls at a fixed rate. A late call does not delay the others, and its time counts from when the call should have begun.
     * Returns nanoseconds.
     */
    static Histogram atRate(double rate, int calls, Crowd.Door door, Numbered call) throws Exception {
        var histogram = new ConcurrentHistogram(3);
        var next = new AtomicInteger();
        var start = System.nanoTime();
        Crowd.run(Settings.CLIENTS, door, connection -> {
            for (int i = next.getAndIncrement(); i < calls; i = next.getAndIncrement()) {
                long intended = start + (long) (i / rate * 1e9);
                for (long left = intended - System.nanoTime(); left > 0; left = intended - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                call.make(connection, i);
                histogram.recordValue(System.nanoTime() - intended);
            }
        });
        return histogram;
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
