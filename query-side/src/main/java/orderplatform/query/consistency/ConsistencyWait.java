package orderplatform.query.consistency;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.query.QueryProperties;
import org.springframework.stereotype.Component;

/** Waits for a read model to pass a position, at most {@link QueryProperties#consistencyWait()}. */
@Component
public class ConsistencyWait {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** Most projections are there within a few milliseconds. */
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(1);

    private final QueryProperties properties;

    ConsistencyWait(QueryProperties properties) {
        this.properties = properties;
    }

    /**
     * Returns when the read model has passed the position.
     *
     * @param hasPassed asked after a millisecond and then after pauses that double, up to
     *     {@link QueryProperties#consistencyPoll()}
     * @throws Problem 503 if it has not in time
     */
    public void await(String readModel, long position, BooleanSupplier hasPassed) throws InterruptedException {
        long until = System.nanoTime() + properties.consistencyWait().toNanos();
        Duration pause = FIRST_BACK_OFF;
        while (!hasPassed.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw Problem.of(
                                ProblemType.PROJECTION_BEHIND,
                                "%s has not passed position %d yet.".formatted(readModel, position))
                        .retryAfter(RETRY_AFTER);
            }
            Thread.sleep(pause);
            pause = min(pause.multipliedBy(2), properties.consistencyPoll());
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
