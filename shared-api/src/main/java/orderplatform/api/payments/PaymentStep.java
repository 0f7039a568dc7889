package orderplatform.api.payments;

/** A call to the provider that moves money or a promise of it. */
public enum PaymentStep {
    AUTHORISE,
    CAPTURE,
    VOID,
    REFUND
}
