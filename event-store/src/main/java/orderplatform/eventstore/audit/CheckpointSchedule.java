package orderplatform.eventstore.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes signed checkpoints on a schedule. If the log was changed, each run logs an error. */
public final class CheckpointSchedule implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointSchedule.class);

    private final SignedCheckpoints checkpoints;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("checkpoints").daemon().factory());

    public CheckpointSchedule(SignedCheckpoints checkpoints, Duration every) {
        this.checkpoints = checkpoints;
        thread.execute(this::publish);
        thread.scheduleWithFixedDelay(this::make, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void publish() {
        try {
            checkpoints.publish();
        } catch (IOException | RuntimeException failed) {
            LOG.error("This node's checkpoints of the log are not shown by others", failed);
        }
    }

    private void make() {
        try {
            checkpoints.publish();
            checkpoints.make();
        } catch (IOException | RuntimeException | Error failed) {
            LOG.error("No checkpoint of the log was made", failed);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
