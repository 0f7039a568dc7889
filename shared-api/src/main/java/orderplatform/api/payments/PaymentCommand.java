package orderplatform.api.payments;

import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.orders.OrderId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;

/** What can be asked of a payment. A command that comes twice takes effect once. */
public sealed interface PaymentCommand {

    PaymentId paymentId();

    @TargetAggregateIdentifier
    default String stream() {
        return paymentId().stream();
    }

    record Authorise(PaymentId paymentId, OrderId orderId, CustomerId customerId, Money amount)
            implements PaymentCommand {}

    /** Take the authorised money. */
    record Capture(PaymentId paymentId) implements PaymentCommand {}

    /** Give everything back: void what is not captured, refund what is, whenever the provider's answer comes. */
    record Cancel(PaymentId paymentId) implements PaymentCommand {}

    /** The provider answered, called back, or stayed silent. */
    record RecordOutcome(PaymentId paymentId, PaymentStep step, ProviderOutcome outcome) implements PaymentCommand {}
}
