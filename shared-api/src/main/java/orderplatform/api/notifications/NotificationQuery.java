package orderplatform.api.notifications;

import orderplatform.api.orders.OrderId;

/** What can be asked about notifications. */
public sealed interface NotificationQuery {

    /** Answers a list of {@link NotificationView}, oldest first. */
    record ByOrder(OrderId orderId) implements NotificationQuery {}
}
