package orderplatform.app.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes checkpoints on a schedule. A log that is not as it was written is logged as an error, each time. */
class CheckpointClock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointClock.class);

    private final Checkpoints checkpoints;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("checkpoints").daemon().factory());

    CheckpointClock(Checkpoints checkpoints, Duration every) {
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
