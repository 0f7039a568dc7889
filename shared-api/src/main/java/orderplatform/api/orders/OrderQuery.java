package orderplatform.api.orders;

import orderplatform.api.CustomerId;
import orderplatform.api.Moment;
import org.jspecify.annotations.Nullable;

/** What can be asked about orders. */
public sealed interface OrderQuery {

    /** Answers an {@link OrderView}, or nothing for an order that does not exist. */
    record ById(OrderId orderId) implements OrderQuery {}

    /**
     * Answers the {@link OrderView} of then, or nothing if the order did not exist yet, or never had the version. Its
     * payment is shown as it was before the order's next event.
     */
    record AsOf(OrderId orderId, Moment moment) implements OrderQuery {}

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

    /** Answers {@link OrderCauses}, or nothing for an order that does not exist. */
    record Causes(OrderId orderId) implements OrderQuery {}
}
