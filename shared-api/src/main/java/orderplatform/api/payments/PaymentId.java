package orderplatform.api.payments;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import orderplatform.api.orders.OrderId;

/** The one payment of an order. Also the root of the idempotency keys that the provider sees. */
public record PaymentId(@JsonValue String value) {

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public PaymentId {}

    public static PaymentId of(OrderId orderId) {
        return new PaymentId("pay-" + orderId.value());
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
