package orderplatform.api.orders;

import java.time.Instant;
import java.util.List;
import orderplatform.api.CustomerId;
import orderplatform.api.Sku;
import orderplatform.api.payments.PaymentStatus;
import org.jspecify.annotations.Nullable;

/**
 * An order as it is shown.
 *
 * @param total minor units of {@code currency}, as are all amounts here
 * @param shipping what of the total is not for the lines
 * @param version of the order's stream
 * @param position in the log of the last event that changed this view
 */
public record OrderView(
        OrderId orderId,
        CustomerId customerId,
        OrderStatus status,
        String currency,
        long total,
        long shipping,
        List<Line> lines,
        Payment payment,
        Instant placedAt,
        Instant updatedAt,
        long version,
        long position,
        @Nullable RejectionReason rejection) {

    public record Line(Sku sku, int quantity, long unitPrice, long lineTotal) {

        public static Line of(OrderLine line) {
            return new Line(line.sku(), line.quantity(), line.unitPrice(), line.total());
        }
    }

    /** Amounts so far. */
    public record Payment(PaymentStatus status, long authorised, long captured, long refunded) {

        public static final Payment NONE = new Payment(PaymentStatus.NONE, 0, 0, 0);
    }
}
