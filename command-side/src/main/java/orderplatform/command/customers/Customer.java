package orderplatform.command.customers;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import orderplatform.api.Outcome;
import orderplatform.api.VersionCondition;
import orderplatform.api.customers.CustomerCommand;
import orderplatform.api.customers.CustomerEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.NullUnmarked;

/** Who asked for a customer's personal data to be erased, and why. */
@Aggregate
@NullUnmarked
class Customer {

    @AggregateIdentifier
    private String stream;

    /** The last command, which may come again. */
    private String erasedBy;

    Customer() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome<Boolean> handle(CustomerCommand.RecordErasure command, @MessageIdentifier String commandId) {
        if (!commandId.equals(erasedBy)) {
            var stale = VersionCondition.violation(command.ifVersion(), getVersion());
            if (stale.isPresent()) {
                return new Outcome.Refused<>(stale.get());
            }
            apply(new CustomerEvent.PersonalDataErased(command.customerId(), command.reason()));
        }
        return new Outcome.Accepted<>(true, getVersion());
    }

    @EventSourcingHandler
    void on(CustomerEvent.PersonalDataErased event, @MetaDataValue("causationId") String commandId) {
        stream = event.customerId().stream();
        erasedBy = commandId;
    }
}
