package orderplatform.eventstore;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

/** Something for a saga to follow: each step is taken once, however often it is commanded. */
@Aggregate
public class Parcel {

    public record Send(@TargetAggregateIdentifier String parcel) {}

    public record Stamp(@TargetAggregateIdentifier String parcel) {}

    /** Stamps it and fails then. */
    public record Tear(@TargetAggregateIdentifier String parcel) {}

    public record Deliver(@TargetAggregateIdentifier String parcel) {}

    public record Sent(String parcel) {}

    public record Stamped(String parcel) {}

    public record Delivered(String parcel) {}

    @AggregateIdentifier
    private String id;

    private boolean stamped;
    private boolean delivered;

    Parcel() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    void handle(Send command) {
        if (id == null) {
            apply(new Sent(command.parcel()));
        }
    }

    @CommandHandler
    void handle(Stamp command) {
        if (!stamped) {
            apply(new Stamped(id));
        }
    }

    @CommandHandler
    void handle(Tear command) {
        apply(new Stamped(id));
        throw new IllegalStateException("torn");
    }

    @CommandHandler
    void handle(Deliver command) {
        if (!delivered) {
            apply(new Delivered(id));
        }
    }

    @EventSourcingHandler
    void on(Sent event) {
        id = event.parcel();
    }

    @EventSourcingHandler
    void on(Stamped event) {
        stamped = true;
    }

    @EventSourcingHandler
    void on(Delivered event) {
        delivered = true;
    }
}
