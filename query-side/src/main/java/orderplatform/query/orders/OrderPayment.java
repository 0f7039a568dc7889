package orderplatform.query.orders;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import orderplatform.api.orders.OrderView;
import orderplatform.api.payments.PaymentEvent;
import orderplatform.api.payments.PaymentStatus;

/**
 * The payment's part of an order's row.
 *
 * @param paymentVersion of the payment's stream; -1 before its first event
 */
@Embeddable
record OrderPayment(
        @Enumerated(EnumType.STRING) PaymentStatus paymentStatus,
        long authorised,
        long captured,
        long refunded,
        long paymentVersion) {

    static final OrderPayment NONE = new OrderPayment(PaymentStatus.NONE, 0, 0, 0, -1);

    /** The same if the event came before, only asks for a step, or leaves the step open. */
    OrderPayment evolve(PaymentEvent event, long version) {
        if (version <= paymentVersion) {
            return this;
        }
        return switch (event) {
            case PaymentEvent.AuthorisationRequested it -> now(PaymentStatus.PENDING, version);
            case PaymentEvent.Declined it -> now(PaymentStatus.DECLINED, version);
            case PaymentEvent.Voided it -> now(PaymentStatus.VOIDED, version);
            case PaymentEvent.Authorised it ->
                new OrderPayment(PaymentStatus.AUTHORISED, it.amount().amount(), captured, refunded, version);
            case PaymentEvent.Captured it ->
                new OrderPayment(PaymentStatus.CAPTURED, authorised, it.amount().amount(), refunded, version);
            case PaymentEvent.Refunded it ->
                new OrderPayment(
                        PaymentStatus.REFUNDED,
                        authorised,
                        captured,
                        it.amount().amount(),
                        version);
            case PaymentEvent.OutcomeUnknown it -> this;
            case PaymentEvent.CaptureRequested it -> this;
            case PaymentEvent.CaptureDeclined it -> this;
            case PaymentEvent.CancellationRequested it -> this;
            case PaymentEvent.VoidRequested it -> this;
            case PaymentEvent.RefundRequested it -> this;
        };
    }

    private OrderPayment now(PaymentStatus status, long version) {
        return new OrderPayment(status, authorised, captured, refunded, version);
    }

    OrderView.Payment view() {
        return new OrderView.Payment(paymentStatus, authorised, captured, refunded);
    }
}
