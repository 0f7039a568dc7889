package orderplatform.eventstore.reader;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.axonframework.config.EventProcessingConfiguration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Signs the claims of this node's readers whose batch takes longer than a claim lasts, so that no other node takes them over. */
final class ClaimSigner implements SmartLifecycle {

    private static final long HEARTBEAT_INTERVAL_SECONDS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(ClaimSigner.class);

    private final EventProcessingConfiguration processors;
    private volatile @Nullable ScheduledExecutorService thread;

    ClaimSigner(EventProcessingConfiguration processors) {
        this.processors = processors;
    }

    private void sign() {
        try {
            processors.eventProcessors().values().stream()
                    .filter(LogReader.class::isInstance)
                    .map(LogReader.class::cast)
                    .filter(reader -> reader.isRunning() && !reader.isError())
                    .forEach(LogReader::signClaimsOfWhatIsUnderWay);
        } catch (RuntimeException | Error unreachable) {
            LOG.debug("The claims are not signed now", unreachable);
        }
    }

    @Override
    public synchronized void start() {
        var scheduler = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("claims").factory());
        scheduler.scheduleWithFixedDelay(
                this::sign, HEARTBEAT_INTERVAL_SECONDS, HEARTBEAT_INTERVAL_SECONDS, TimeUnit.SECONDS);
        thread = scheduler;
    }

    @Override
    public synchronized void stop() {
        var running = thread;
        if (running != null) {
            running.close();
            thread = null;
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
