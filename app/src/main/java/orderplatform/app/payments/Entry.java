package orderplatform.app.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the provider's ledger: what became of a step. A later line for the same step replaces an earlier one.
 *
 * @param amount minor units
 * @param approvedFrom when a pending step is approved by itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Entry(
        String paymentId,
        Step step,
        Status status,
        long amount,
        String currency,
        @Nullable String customerId,
        @Nullable String reference,
        @Nullable String reason,
        @Nullable Instant approvedFrom) {

    enum Status {
        APPROVED,
        DECLINED,
        PENDING
    }

    static Entry approved(Request request) {
        return request.entry(Status.APPROVED, request.reference(), null, null);
    }

    static Entry declined(Request request, String reason) {
        return request.entry(Status.DECLINED, null, reason, null);
    }

    static Entry pending(Request request, Instant approvedFrom) {
        return request.entry(Status.PENDING, null, null, approvedFrom);
    }

    /** This pending step as it is at a later time. */
    Entry at(Instant now) {
        return status == Status.PENDING && approvedFrom != null && !now.isBefore(approvedFrom)
                ? approved(request())
                : this;
    }

    Request request() {
        return new Request(paymentId, step, amount, currency, customerId);
    }

    /** What is asked for: a step of a payment. */
    record Request(
            String paymentId,
            Step step,
            long amount,
            String currency,
            @Nullable String customerId) {

        String reference() {
            return "stand-in-" + paymentId + "-" + step.path();
        }

        private Entry entry(
                Status status, @Nullable String reference, @Nullable String reason, @Nullable Instant approvedFrom) {
            return new Entry(paymentId, step, status, amount, currency, customerId, reference, reason, approvedFrom);
        }
    }
}
