package orderplatform.saga.payments;

import java.util.Optional;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.payments.PaymentId;
import orderplatform.api.payments.PaymentStep;
import orderplatform.api.payments.ProviderOutcome;
import org.jspecify.annotations.Nullable;

/**
 * Moves the money. Both calls return within the adapter's time-out and never throw for an outage: then the outcome is
 * {@link ProviderOutcome.Unknown}.
 */
public interface PaymentProvider {

    /**
     * Does a step once, however often it is called: the payment and the step together are the idempotency key. A
     * {@link PaymentStep#VOID} of a payment that the provider has never seen is approved, and a later authorisation
     * of it declined.
     *
     * @param customerId whom to charge; needed for {@link PaymentStep#AUTHORISE} only
     */
    ProviderOutcome execute(PaymentId paymentId, PaymentStep step, Money amount, @Nullable CustomerId customerId);

    /** What became of a step; empty if the provider has never seen it. */
    Optional<ProviderOutcome> find(PaymentId paymentId, PaymentStep step);
}
