package orderplatform.eventstore.commit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Queue;

/** How the lanes do: how much shares a commit, how long it takes, who waits, and who has to try again. */
class LaneMetrics {

    private final MeterRegistry meters;
    private final DistributionSummary batchSize;
    private final Timer commitTime;
    private final Counter conflicts;

    LaneMetrics(MeterRegistry meters) {
        this.meters = meters;
        batchSize = DistributionSummary.builder("eventstore.batch.commands")
                .description("Commands that share a commit")
                .publishPercentileHistogram()
                .register(meters);
        commitTime = Timer.builder("eventstore.batch.commit")
                .description("From the first command of a batch to its commit")
                .publishPercentileHistogram()
                .register(meters);
        conflicts = Counter.builder("eventstore.conflicts")
                .description("Commands tried again because another writer was first")
                .register(meters);
    }

    void watch(Queue<?> queue) {
        Gauge.builder("eventstore.lane.queue", queue, Queue::size)
                .description("Commands that wait in the lane")
                .register(meters);
    }

    void committed(int commands, Duration took) {
        batchSize.record(commands);
        commitTime.record(took);
    }

    void conflicted(int commands) {
        conflicts.increment(commands);
    }
}
