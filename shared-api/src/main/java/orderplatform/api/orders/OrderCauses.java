package orderplatform.api.orders;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why what happened to an order happened, to its stock and its payment too.
 *
 * @param causes events that no other event of the order brought about, oldest first
 */
public record OrderCauses(OrderId orderId, List<Event> causes) {

    /**
     * An event of the log and what came of it.
     *
     * @param causationId the command that it is of
     * @param effects events of the commands that were sent on account of this one, oldest first
     */
    public record Event(
            long position,
            String stream,
            long version,
            String type,
            Instant recordedAt,
            @Nullable String actor,
            @Nullable String correlationId,
            @Nullable String causationId,
            List<Event> effects) {}
}
