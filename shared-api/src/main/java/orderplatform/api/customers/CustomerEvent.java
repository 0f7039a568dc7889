package orderplatform.api.customers;

import orderplatform.api.CustomerId;
import org.jspecify.annotations.Nullable;

/** What happened to a customer's data. */
public sealed interface CustomerEvent {

    CustomerId customerId();

    /** The key of all personal data that had come so far was destroyed. Who asked is the actor in the metadata. */
    record PersonalDataErased(
            CustomerId customerId, @Nullable String reason) implements CustomerEvent {}
}
