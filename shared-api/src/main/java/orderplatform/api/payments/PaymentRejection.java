package orderplatform.api.payments;

import orderplatform.api.ProblemType;
import orderplatform.api.Rejection;

/** Why a payment refuses a command. */
public sealed interface PaymentRejection extends Rejection {

    /** The payment is not in a state for the step. */
    record NotPossible(PaymentId paymentId, PaymentStep step, PaymentStatus status) implements PaymentRejection {

        @Override
        public ProblemType type() {
            return ProblemType.PAYMENT_STEP_NOT_POSSIBLE;
        }

        @Override
        public String detail() {
            return "Payment %s is %s and cannot %s.".formatted(paymentId, status, step);
        }
    }
}
