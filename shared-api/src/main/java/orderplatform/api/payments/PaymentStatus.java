package orderplatform.api.payments;

/** How far a payment is, as its order shows it. */
public enum PaymentStatus {
    NONE,
    PENDING,
    AUTHORISED,
    CAPTURED,
    DECLINED,
    VOIDED,
    REFUNDED
}
