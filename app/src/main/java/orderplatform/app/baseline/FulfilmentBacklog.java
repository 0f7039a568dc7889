package orderplatform.app.baseline;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import orderplatform.command.orders.Backlog;
import orderplatform.query.log.EventLog;
import orderplatform.query.projections.ProjectionLag;
import orderplatform.query.projections.ProjectionPositions;
import orderplatform.saga.fulfilment.OrderFulfilment;
import orderplatform.saga.payments.PaymentExecution;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/**
 * Events of the log that the slowest of the sagas has before it, by the tokens of all nodes, looked up by one caller for all. None if
 * none of them is running, so that nobody waits for it.
 */
@Profile("baseline")
@Component
class FulfilmentBacklog implements Backlog {

    private static final Logger LOG = LoggerFactory.getLogger(FulfilmentBacklog.class);

    private static final Set<String> SAGAS = Set.of(OrderFulfilment.PROCESSOR, PaymentExecution.PROCESSOR);

    private static final Duration SAMPLE_INTERVAL = Duration.ofMillis(100);

    private final ProjectionPositions positions;
    private final EventLog log;
    private final AtomicBoolean looking = new AtomicBoolean();
    private final AtomicLong expected = new AtomicLong();
    private volatile long events;
    private volatile long lookAgainAt = System.nanoTime();

    FulfilmentBacklog(ProjectionPositions positions, EventLog log) {
        this.positions = positions;
        this.log = log;
    }

    @Override
    public long events() {
        if (System.nanoTime() - lookAgainAt >= 0 && looking.compareAndSet(false, true)) {
            try {
                expected.set(0);
                events = look();
            } finally {
                lookAgainAt = System.nanoTime() + SAMPLE_INTERVAL.toNanos();
                looking.set(false);
            }
        }
        return events + expected.get();
    }

    @Override
    public void expect(long more) {
        expected.addAndGet(more);
    }

    @Override
    public int commands() {
        return 0;
    }

    private long look() {
        try {
            long head = log.head();
            return positions.all().stream()
                    .filter(it -> SAGAS.contains(it.name()) && it.isRunning())
                    .mapToLong(it -> ProjectionLag.between(it.position(), head))
                    .max()
                    .orElse(0);
        } catch (RuntimeException unreachable) {
            LOG.debug("The backlog is not known", unreachable);
            return 0;
        }
    }
}
