package orderplatform.api.orders;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What changed about an order between two of its versions.
 *
 * @param changes by field, in the order of their names
 */
public record OrderDiff(OrderId orderId, long from, long to, List<Change> changes) {

    /**
     * A field of the {@link OrderView}.
     *
     * @param field with a dot between an object and its field, such as {@code payment.status}
     * @param from as JSON; null if there was nothing
     * @param to as JSON; null if there is nothing any more
     */
    public record Change(
            String field, @Nullable Object from, @Nullable Object to) {}
}
