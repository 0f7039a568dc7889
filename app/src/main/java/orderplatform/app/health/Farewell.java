package orderplatform.app.health;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Drain period: serves for {@code platform.farewell} after readiness has said that this node is about to stop, so that a load
 * balancer has turned away from it before it takes no more connections. The first thing to stop.
 */
@Component
class Farewell implements SmartLifecycle {

    private static final Duration MAX_DRAIN_PERIOD = Duration.ofMinutes(5);
    private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

    private final Duration lasts;
    private volatile boolean running;

    /** @throws IllegalArgumentException if it is negative, or longer than five minutes */
    Farewell(@Value("${platform.farewell:0s}") Duration lasts) {
        if (lasts.isNegative() || lasts.compareTo(MAX_DRAIN_PERIOD) > 0) {
            throw new IllegalArgumentException("platform.farewell must be between 0 s and " + MAX_DRAIN_PERIOD);
        }
        this.lasts = lasts;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        if (lasts.isPositive()) {
            LOG.info("Not ready any more, stops in {}", lasts);
            try {
                Thread.sleep(lasts);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
