package orderplatform.command.orders;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import java.util.Set;
import orderplatform.api.Money;
import orderplatform.api.Outcome;
import orderplatform.api.Rejection;
import orderplatform.api.VersionCondition;
import orderplatform.api.orders.OrderCommand;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderLine;
import orderplatform.api.orders.OrderRejection;
import orderplatform.api.orders.OrderStatus;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.NullUnmarked;

/** What a customer ordered and how far it got. It alone decides between confirming, rejecting and cancelling. */
@Aggregate
@NullUnmarked
class Order {

    private static final Set<OrderStatus> OPEN =
            Set.of(OrderStatus.PLACED, OrderStatus.AWAITING_STOCK, OrderStatus.AWAITING_PAYMENT);

    @AggregateIdentifier
    private String stream;

    private OrderStatus status;
    private OrderEvent.Placed placed;

    /** The command that placed it, which may come again with other values for what the platform works out: a list price, a seal. */
    private String placedBy;

    /** The command that cancelled it, which may come again. */
    private String cancelledBy;

    Order() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome<OrderStatus> handle(OrderCommand.Place command, @MessageIdentifier String commandId) {
        var wanted = new OrderEvent.Placed(
                command.orderId(),
                command.customerId(),
                command.contact(),
                command.lines(),
                command.shipping(),
                total(command));
        if (placed == null) {
            apply(wanted);
        } else if (!commandId.equals(placedBy) && !placed.equals(wanted)) {
            return new Outcome.Refused<>(new OrderRejection.IdTaken(command.orderId()));
        }
        return accepted();
    }

    private static Money total(OrderCommand.Place command) {
        long lines = command.lines().stream().mapToLong(OrderLine::total).sum();
        return new Money(lines + command.shipping(), command.currency());
    }

    @EventSourcingHandler
    void on(OrderEvent.Placed event, @MetaDataValue("causationId") String commandId) {
        stream = event.orderId().stream();
        placedBy = commandId;
        status = OrderStatus.PLACED;
        placed = event;
    }

    @EventSourcingHandler
    void on(OrderEvent.StockAwaited event) {
        status = OrderStatus.AWAITING_STOCK;
    }

    @EventSourcingHandler
    void on(OrderEvent.PaymentAwaited event) {
        status = OrderStatus.AWAITING_PAYMENT;
    }

    @CommandHandler
    Outcome<OrderStatus> handle(OrderCommand.Confirm command) {
        return settle(OrderStatus.CONFIRMED, new OrderEvent.Confirmed(command.orderId()));
    }

    @EventSourcingHandler
    void on(OrderEvent.Confirmed event) {
        status = OrderStatus.CONFIRMED;
    }

    @CommandHandler
    Outcome<OrderStatus> handle(OrderCommand.Reject command) {
        return settle(OrderStatus.REJECTED, new OrderEvent.Rejected(command.orderId(), command.reason()));
    }

    @EventSourcingHandler
    void on(OrderEvent.Rejected event) {
        status = OrderStatus.REJECTED;
    }

    private Outcome<OrderStatus> settle(OrderStatus to, OrderEvent event) {
        if (OPEN.contains(status)) {
            apply(event);
        } else if (status != to) {
            return refused(new OrderRejection.IllegalTransition(placed.orderId(), status, to));
        }
        return accepted();
    }

    @CommandHandler
    Outcome<OrderStatus> handle(OrderCommand.Cancel command, @MessageIdentifier String commandId) {
        if (commandId.equals(cancelledBy)) {
            return accepted();
        }
        var stale = VersionCondition.violation(command.ifVersion(), getVersion());
        if (stale.isPresent()) {
            return refused(stale.get());
        }
        if (!OPEN.contains(status) && status != OrderStatus.CONFIRMED) {
            return refused(new OrderRejection.IllegalTransition(command.orderId(), status, OrderStatus.CANCELLED));
        }
        apply(new OrderEvent.Cancelled(
                command.orderId(),
                command.reason(),
                status == OrderStatus.CONFIRMED,
                OrderEvent.quantities(placed.lines()),
                placed.total()));
        return accepted();
    }

    @EventSourcingHandler
    void on(OrderEvent.Cancelled event, @MetaDataValue("causationId") String commandId) {
        status = OrderStatus.CANCELLED;
        cancelledBy = commandId;
    }

    private Outcome<OrderStatus> accepted() {
        return new Outcome.Accepted<>(status, getVersion());
    }

    private static Outcome<OrderStatus> refused(Rejection rejection) {
        return new Outcome.Refused<>(rejection);
    }
}
