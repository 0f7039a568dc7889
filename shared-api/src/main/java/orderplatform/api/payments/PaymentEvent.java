package orderplatform.api.payments;

import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.orders.OrderId;

/** What can have happened to a payment. Amounts are totals so far. */
public sealed interface PaymentEvent {

    PaymentId paymentId();

    OrderId orderId();

    /** A step that the provider has to be asked for. */
    sealed interface StepRequested extends PaymentEvent {

        PaymentStep step();

        Money amount();
    }

    record AuthorisationRequested(PaymentId paymentId, OrderId orderId, CustomerId customerId, Money amount)
            implements StepRequested {

        @Override
        public PaymentStep step() {
            return PaymentStep.AUTHORISE;
        }
    }

    record Authorised(PaymentId paymentId, OrderId orderId, Money amount, String reference) implements PaymentEvent {}

    record Declined(PaymentId paymentId, OrderId orderId, String reason) implements PaymentEvent {}

    /**
     * The provider did not answer; it will be asked.
     *
     * @param attempt how often this step has stayed without an answer, from 1
     */
    record OutcomeUnknown(PaymentId paymentId, OrderId orderId, PaymentStep step, int attempt)
            implements PaymentEvent {}

    record CaptureRequested(PaymentId paymentId, OrderId orderId, Money amount) implements StepRequested {

        @Override
        public PaymentStep step() {
            return PaymentStep.CAPTURE;
        }
    }

    record Captured(PaymentId paymentId, OrderId orderId, Money amount, String reference) implements PaymentEvent {}

    record CaptureDeclined(PaymentId paymentId, OrderId orderId, String reason) implements PaymentEvent {}

    /** The payment is to be undone as soon as it is known how far it got. */
    record CancellationRequested(PaymentId paymentId, OrderId orderId) implements PaymentEvent {}

    record VoidRequested(PaymentId paymentId, OrderId orderId, Money amount) implements StepRequested {

        @Override
        public PaymentStep step() {
            return PaymentStep.VOID;
        }
    }

    record Voided(PaymentId paymentId, OrderId orderId, Money amount) implements PaymentEvent {}

    record RefundRequested(PaymentId paymentId, OrderId orderId, Money amount) implements StepRequested {

        @Override
        public PaymentStep step() {
            return PaymentStep.REFUND;
        }
    }

    record Refunded(PaymentId paymentId, OrderId orderId, Money amount) implements PaymentEvent {}
}
