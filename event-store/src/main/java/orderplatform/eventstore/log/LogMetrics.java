package orderplatform.eventstore.log;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/** What appending to the log costs. */
class LogMetrics {

    private final Timer lockWait;

    LogMetrics(MeterRegistry meters) {
        lockWait = Timer.builder("eventstore.tail.lock.wait")
                .description("Wait of a batch for the lock at the tail of the log")
                .publishPercentileHistogram()
                .register(meters);
    }

    void lockAwaited(long micros) {
        lockWait.record(micros, TimeUnit.MICROSECONDS);
    }
}
