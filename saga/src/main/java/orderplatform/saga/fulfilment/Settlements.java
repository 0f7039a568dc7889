package orderplatform.saga.fulfilment;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import orderplatform.api.orders.OrderStatus;
import orderplatform.eventstore.commit.AfterCommit;
import org.springframework.stereotype.Component;

/** How long orders took from their placement to their outcome, as {@code orderplatform.order.settled}. */
@Component
public class Settlements {

    private final MeterRegistry meters;
    private final AfterCommit afterCommit;

    Settlements(MeterRegistry meters, AfterCommit afterCommit) {
        this.meters = meters;
        this.afterCommit = afterCommit;
    }

    /** Counts after the commit: what fails comes again. */
    void record(OrderStatus outcome, Instant placedAt, Instant settledAt) {
        afterCommit.run(() -> count(outcome, placedAt, settledAt));
    }

    private void count(OrderStatus outcome, Instant placedAt, Instant settledAt) {
        Timer.builder("orderplatform.order.settled")
                .description("Time from the placement of an order to its outcome")
                .publishPercentileHistogram()
                .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                .register(meters)
                .record(Duration.between(placedAt, settledAt));
    }
}
