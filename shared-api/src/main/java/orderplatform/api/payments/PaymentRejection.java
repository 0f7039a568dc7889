package orderplatform.api.payments;

import orderplatform.api.Rejection;

/** Why a payment refuses a command. */
public sealed interface PaymentRejection extends Rejection {

    /** The payment is not in a state for the step. */
    record NotPossible(PaymentId paymentId, PaymentStep step, PaymentStatus status) implements PaymentRejection {

        @Override
        public String code() {
            return "payment-step-not-possible";
        }

        @Override
        public String detail() {
            return "Payment %s is %s and cannot %s.".formatted(paymentId, status, step);
        }
    }
}
