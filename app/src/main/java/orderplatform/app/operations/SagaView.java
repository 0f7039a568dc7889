package orderplatform.app.operations;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A saga as operators see it.
 *
 * @param sagaId of its row, or of what is parked if there is no row
 * @param waitingFor {@code stock}, {@code payment}, {@code capture} or {@code provider}; {@code operator} if the saga is parked,
 *     {@code unknown} if its state can't be read
 * @param since when an order was placed or a saga was parked; null for a payment's
 * @param deadline the next one; null if none is set
 * @param attempts how often the event was tried that it is parked at
 */
record SagaView(
        String sagaId,
        String orderId,
        State state,
        String waitingFor,
        @Nullable Instant since,
        @Nullable Instant deadline,
        int attempts,
        @Nullable String lastError) {

    enum State {
        RUNNING,
        PARKED,
        /** Only as the answer to who ended it. */
        DONE
    }

    SagaView done() {
        return new SagaView(sagaId, orderId, State.DONE, "nothing", since, null, attempts, null);
    }
}
