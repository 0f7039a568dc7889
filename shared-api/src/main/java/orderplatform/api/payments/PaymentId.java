package orderplatform.api.payments;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import orderplatform.api.orders.OrderId;

/** The one payment of an order. Also the root of the idempotency keys that the provider sees. */
public record PaymentId(@JsonValue String value) {

    private static final String OF_ORDER = "pay-";

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PaymentId {}

    public static PaymentId of(OrderId orderId) {
        return new PaymentId(OF_ORDER + orderId.value());
    }

    /** Of the order that is paid; empty if no order has such a payment. */
    public Optional<OrderId> orderId() {
        return value.startsWith(OF_ORDER)
                ? Optional.of(new OrderId(value.substring(OF_ORDER.length())))
                : Optional.empty();
    }

    /** The stream in the log that holds this payment. */
    public String stream() {
        return "payment-" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
