package orderplatform.api.orders;

import orderplatform.api.CustomerId;
import org.jspecify.annotations.Nullable;

/** What can be asked about orders. */
public sealed interface OrderQuery {

    /** Answers an {@link OrderView}, or nothing for an order that does not exist. */
    record ById(OrderId orderId) implements OrderQuery {}

    /**
     * Answers an {@link OrderPage}, newest order first.
     *
     * @param customerId only this customer's orders
     * @param status only orders in this status
     * @param limit 1 to {@value #MAX_LIMIT} orders
     * @param cursor where the page before ended
     */
    record Search(
            @Nullable CustomerId customerId,
            @Nullable OrderStatus status,
            int limit,
            @Nullable String cursor) implements OrderQuery {

        public static final int MAX_LIMIT = 200;
    }

    /** Answers an {@link OrderHistory}, or nothing for an order that does not exist. */
    record History(OrderId orderId) implements OrderQuery {}
}
