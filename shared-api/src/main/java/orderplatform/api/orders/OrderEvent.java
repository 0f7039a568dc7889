package orderplatform.api.orders;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.Sku;
import org.jspecify.annotations.Nullable;

/** What can have happened to an order. */
public sealed interface OrderEvent {

    OrderId orderId();

    /**
     * The order was accepted at these prices.
     *
     * @param shipping minor units of the total's currency; none of an order from before it could be charged
     * @param total sum of all lines and the shipping
     */
    record Placed(
            OrderId orderId,
            CustomerId customerId,
            @Nullable Contact contact,
            List<OrderLine> lines,
            long shipping,
            Money total)
            implements OrderEvent {

        public Placed {
            lines = List.copyOf(lines);
        }
    }

    /** Stock has been asked for. Only in logs from before a placement meant that. */
    record StockAwaited(OrderId orderId) implements OrderEvent {}

    /** Every SKU is reserved; the payment has been asked for. Only in logs from before a requested authorisation meant that. */
    record PaymentAwaited(OrderId orderId) implements OrderEvent {}

    /** Stock is reserved and the payment authorised: the shop will deliver. */
    record Confirmed(OrderId orderId) implements OrderEvent {}

    /** The platform couldn't fulfil the order. */
    record Rejected(OrderId orderId, RejectionReason reason) implements OrderEvent {}

    /**
     * The customer or the shop no longer wanted the order.
     *
     * @param wasConfirmed whether stock had been allocated to it
     * @param quantities pieces per SKU, to be given back
     * @param total what the customer was to pay
     */
    record Cancelled(OrderId orderId, String reason, boolean wasConfirmed, SortedMap<Sku, Long> quantities, Money total)
            implements OrderEvent {}

    /** Pieces per SKU: lines with the same SKU are one reservation. */
    static SortedMap<Sku, Long> quantities(List<OrderLine> lines) {
        var sums = new TreeMap<Sku, Long>();
        lines.forEach(line -> sums.merge(line.sku(), (long) line.quantity(), Long::sum));
        return sums;
    }
}
