package orderplatform.api.customers;

import orderplatform.api.CustomerId;
import orderplatform.api.VersionCondition;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked about a customer. */
public sealed interface CustomerCommand {

    CustomerId customerId();

    @TargetAggregateIdentifier
    default String stream() {
        return customerId().stream();
    }

    /**
     * Record that the customer's personal data has been erased.
     *
     * @param reason why, in the caller's words; null if the caller gave no reason
     * @param ifVersion the versions that this may have been decided on; null if any will do, or none
     */
    record RecordErasure(
            CustomerId customerId,
            @Nullable String reason,
            @Nullable VersionCondition ifVersion) implements CustomerCommand {}
}
