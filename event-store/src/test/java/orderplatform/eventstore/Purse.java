package orderplatform.eventstore;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.spring.stereotype.Aggregate;

/** Something to command in the tests: a sum that never falls below zero. */
@Aggregate
public class Purse {

    public record PutIn(@TargetAggregateIdentifier String purse, long amount) {}

    public record TakeOut(@TargetAggregateIdentifier String purse, long amount) {}

    /** Puts the amount into another purse, in the same transaction. */
    public record Give(@TargetAggregateIdentifier String purse, String to, long amount) {}

    /** Changes the sum and fails then. */
    public record Poison(@TargetAggregateIdentifier String purse) {}

    /** Takes the amount out whether or not the other purse is poisoned by it. */
    public record Risk(@TargetAggregateIdentifier String purse, String poisoned, long amount) {}

    /** Leads to an event that can't be written. */
    public record Scribble(@TargetAggregateIdentifier String purse) {}

    public record Look(@TargetAggregateIdentifier String purse) {}

    public record PutInDone(String purse, long amount) {}

    public record Scribbled(String purse) {

        /** As if a part of it were missing on the class path. */
        public String getText() {
            throw new NoClassDefFoundError("Text");
        }
    }

    public record TakenOut(String purse, long amount) {}

    /** @param version of the stream that the sum is of */
    public record Sum(long amount, long version) {}

    @AggregateIdentifier
    private String id;

    private long amount;

    Purse() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Sum handle(PutIn command) {
        apply(new PutInDone(command.purse(), command.amount()));
        return sum();
    }

    @CommandHandler
    Sum handle(TakeOut command) {
        if (amount >= command.amount()) {
            apply(new TakenOut(id, command.amount()));
        }
        return sum();
    }

    @CommandHandler
    Sum handle(Give command, CommandGateway commands) {
        apply(new TakenOut(id, command.amount()));
        commands.sendAndWait(new PutIn(command.to(), command.amount()));
        return sum();
    }

    @CommandHandler
    Sum handle(Risk command, CommandGateway commands) {
        try {
            commands.sendAndWait(new Poison(command.poisoned()));
        } catch (IllegalStateException failed) {
            apply(new TakenOut(id, command.amount()));
        }
        return sum();
    }

    @CommandHandler
    void handle(Poison command) {
        apply(new PutInDone(id, 1_000_000));
        throw new IllegalStateException("poison");
    }

    @CommandHandler
    void handle(Scribble command) {
        apply(new Scribbled(id));
    }

    @CommandHandler
    Sum handle(Look command) {
        return sum();
    }

    private Sum sum() {
        return new Sum(amount, getVersion());
    }

    @EventSourcingHandler
    void on(PutInDone event) {
        id = event.purse();
        amount += event.amount();
    }

    @EventSourcingHandler
    void on(TakenOut event) {
        amount -= event.amount();
    }
}
