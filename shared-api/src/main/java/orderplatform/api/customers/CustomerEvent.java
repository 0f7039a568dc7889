package orderplatform.api.customers;

import orderplatform.api.CustomerId;
import org.jspecify.annotations.Nullable;

/** What happened to a customer's data. */
public sealed interface CustomerEvent {

    CustomerId customerId();

    /** The key of all personal data so far was destroyed. The actor in the metadata asked for it. */
    record PersonalDataErased(
            CustomerId customerId, @Nullable String reason) implements CustomerEvent {}
}
