package orderplatform.api.orders;

import java.util.List;
import orderplatform.api.CustomerId;
import orderplatform.api.VersionCondition;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of an order. A command that comes twice takes effect once. */
public sealed interface OrderCommand {

    OrderId orderId();

    @TargetAggregateIdentifier
    default String stream() {
        return orderId().stream();
    }

    /**
     * @param currency ISO 4217 code of every price in the order
     * @param shipping what is charged for it beyond the lines: minor units, 0 to {@value #MAX_SHIPPING}
     */
    record Place(
            OrderId orderId,
            CustomerId customerId,
            String currency,
            @Nullable Contact contact,
            List<OrderLine> lines,
            long shipping)
            implements OrderCommand {

        public static final int MAX_LINES = 2_000;
        public static final long MAX_SHIPPING = 1_000_000_000;

        /** @throws IllegalArgumentException if there is no line, or more than {@value #MAX_LINES}, or shipping is out of range */
        public Place {
            lines = List.copyOf(lines);
            if (lines.isEmpty() || lines.size() > MAX_LINES) {
                throw new IllegalArgumentException("lines must be 1 to " + MAX_LINES);
            }
            if (shipping < 0 || shipping > MAX_SHIPPING) {
                throw new IllegalArgumentException("shipping must be 0 to " + MAX_SHIPPING);
            }
        }
    }

    /** Stock is reserved and the payment authorised. */
    record Confirm(OrderId orderId) implements OrderCommand {}

    /** The platform can't fulfil the order. */
    record Reject(OrderId orderId, RejectionReason reason) implements OrderCommand {}

    /**
     * The customer or the shop no longer wants the order.
     *
     * @param ifVersion the versions that this may have been decided on; null if any will do, or none
     */
    record Cancel(OrderId orderId, String reason, @Nullable VersionCondition ifVersion) implements OrderCommand {}
}
