package orderplatform.query.consistency;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import orderplatform.query.QueryProperties;
import orderplatform.query.web.Problems;
import org.springframework.stereotype.Component;

/** Waits for a read model to pass a position, at most {@link QueryProperties#consistencyWait()}. */
@Component
public class ConsistencyWait {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final QueryProperties properties;

    ConsistencyWait(QueryProperties properties) {
        this.properties = properties;
    }

    /**
     * Returns when the read model has passed the position.
     *
     * @param hasPassed asked every {@link QueryProperties#consistencyPoll()}
     * @throws org.springframework.web.ErrorResponseException 503 where it has not in time
     */
    public void await(String readModel, long position, BooleanSupplier hasPassed) throws InterruptedException {
        Instant deadline = Instant.now().plus(properties.consistencyWait());
        while (!hasPassed.getAsBoolean()) {
            if (Instant.now().isAfter(deadline)) {
                throw Problems.projectionBehind(readModel, position, RETRY_AFTER);
            }
            Thread.sleep(properties.consistencyPoll());
        }
    }
}
