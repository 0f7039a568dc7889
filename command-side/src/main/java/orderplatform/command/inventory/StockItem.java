package orderplatform.command.inventory;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import java.util.HashMap;
import java.util.Map;
import orderplatform.api.Money;
import orderplatform.api.Outcome;
import orderplatform.api.Rejection;
import orderplatform.api.Sku;
import orderplatform.api.VersionCondition;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockLevels;
import orderplatform.api.inventory.StockRejection;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.RejectionReason;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.NullUnmarked;

/** One SKU's stock. What is available never falls below zero, so nothing is sold twice. */
@Aggregate
@NullUnmarked
class StockItem {

    static final long MAX_ON_HAND = 1_000_000_000_000L;

    /**
     * How many finished reservations are remembered, so that a command repeated after a crash is still recognised. A
     * repeat comes when the batch that sent it is taken up again, within seconds; a SKU would have to finish this many
     * reservations in that time to forget one. 40 kB for each SKU, however many orders it has seen.
     */
    static final int REMEMBERED_ORDERS = 5_000;

    /** A caller repeats a receipt or adjustment within as many others of the same SKU. */
    static final int REMEMBERED_DELIVERIES = 1_000;

    private enum Ended {
        REFUSED,
        ALLOCATED,
        GIVEN_BACK
    }

    @AggregateIdentifier
    private String stream;

    private Sku sku;
    private Money listPrice;
    private StockLevels levels = StockLevels.NONE;

    // Not final, or a snapshot would be read without them.
    private Map<OrderId, Long> reservations = new HashMap<>();
    private BoundedMemory ended = BoundedMemory.of(REMEMBERED_ORDERS);
    private BoundedMemory deliveries = BoundedMemory.of(REMEMBERED_DELIVERIES);

    StockItem() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome<StockLevels> handle(StockCommand.Receive command) {
        if (deliveries.contains(command.receiptId())) {
            return accepted();
        }
        var stale = VersionCondition.violation(command.ifVersion(), getVersion());
        if (stale.isPresent()) {
            return refused(stale.get());
        }
        if (levels.onHand() + command.quantity() > MAX_ON_HAND) {
            return refused(
                    new StockRejection.TooMany(command.sku(), levels.onHand() + command.quantity(), MAX_ON_HAND));
        }
        apply(new StockEvent.Received(
                command.sku(),
                command.receiptId(),
                command.quantity(),
                command.name(),
                command.listPrice(),
                levels.received(command.quantity())));
        return accepted();
    }

    @EventSourcingHandler
    void on(StockEvent.Received event) {
        stream = event.sku().stream();
        sku = event.sku();
        levels = event.levels();
        listPrice = event.listPrice() == null ? listPrice : event.listPrice();
        deliveries.put(event.receiptId(), 0);
    }

    @CommandHandler
    Outcome<StockLevels> handle(StockCommand.Adjust command) {
        if (deliveries.contains(command.adjustmentId())) {
            return accepted();
        }
        var stale = VersionCondition.violation(command.ifVersion(), getVersion());
        if (stale.isPresent()) {
            return refused(stale.get());
        }
        if (levels.onHand() != command.from()) {
            return refused(new StockRejection.OnHandChanged(sku, command.from(), levels.onHand()));
        }
        var promised = levels.reserved() + levels.allocated();
        if (command.to() < promised) {
            return refused(new StockRejection.PromisedToOrders(sku, command.to(), promised));
        }
        apply(new StockEvent.Adjusted(
                sku,
                command.adjustmentId(),
                command.from(),
                command.to(),
                command.reason(),
                levels.adjustedTo(command.to())));
        return accepted();
    }

    @EventSourcingHandler
    void on(StockEvent.Adjusted event) {
        levels = event.levels();
        deliveries.put(event.adjustmentId(), 0);
    }

    /** A refusal is an event: the fulfilment of the order waits for it. */
    @CommandHandler
    Outcome<StockLevels> handle(StockCommand.Reserve command) {
        if (reservations.containsKey(command.orderId()) || hasEnded(command.orderId())) {
            return accepted();
        }
        if (levels.available() < command.quantity()) {
            apply(new StockEvent.ReservationRejected(
                    sku,
                    command.orderId(),
                    RejectionReason.INSUFFICIENT_STOCK,
                    command.quantity(),
                    levels.available()));
        } else {
            apply(new StockEvent.Reserved(
                    sku,
                    command.orderId(),
                    command.quantity(),
                    command.expiresAt(),
                    levels.reserved(command.quantity())));
        }
        return accepted();
    }

    @EventSourcingHandler
    void on(StockEvent.Reserved event) {
        levels = event.levels();
        reservations.put(event.orderId(), event.quantity());
    }

    @EventSourcingHandler
    void on(StockEvent.ReservationRejected event) {
        end(event.orderId(), Ended.REFUSED);
    }

    @CommandHandler
    Outcome<StockLevels> handle(StockCommand.Allocate command) {
        var quantity = reservations.get(command.orderId());
        if (quantity != null) {
            apply(new StockEvent.Allocated(sku, command.orderId(), quantity, levels.allocated(quantity)));
        } else if (!hasEnded(command.orderId(), Ended.ALLOCATED)) {
            return refused(new StockRejection.NotHeld(sku, command.orderId()));
        }
        return accepted();
    }

    @EventSourcingHandler
    void on(StockEvent.Allocated event) {
        levels = event.levels();
        reservations.remove(event.orderId());
        end(event.orderId(), Ended.ALLOCATED);
    }

    /** Noted of an order that has nothing here yet, too: its reservation may still come, tried again after a failure. */
    @CommandHandler
    Outcome<StockLevels> handle(StockCommand.Release command) {
        var orderId = command.orderId();
        if (!release(orderId) && !hasEnded(orderId)) {
            apply(new StockEvent.Released(sku, orderId, 0, levels));
        }
        return accepted();
    }

    private boolean release(OrderId orderId) {
        var quantity = reservations.get(orderId);
        if (quantity == null) {
            return false;
        }
        apply(new StockEvent.Released(sku, orderId, quantity, levels.released(quantity)));
        return true;
    }

    @EventSourcingHandler
    void on(StockEvent.Released event) {
        levels = event.levels();
        reservations.remove(event.orderId());
        end(event.orderId(), Ended.GIVEN_BACK);
    }

    /** A cancellation that overtakes the allocation gives the reservation back instead. */
    @CommandHandler
    Outcome<StockLevels> handle(StockCommand.Deallocate command) {
        var orderId = command.orderId();
        if (!release(orderId) && !hasEnded(orderId, Ended.GIVEN_BACK)) {
            if (levels.allocated() < command.quantity()) {
                return refused(new StockRejection.NotHeld(sku, orderId));
            }
            apply(new StockEvent.Deallocated(sku, orderId, command.quantity(), levels.deallocated(command.quantity())));
        }
        return accepted();
    }

    @EventSourcingHandler
    void on(StockEvent.Deallocated event) {
        levels = event.levels();
        end(event.orderId(), Ended.GIVEN_BACK);
    }

    @CommandHandler
    Money handle(StockCommand.Quote command) {
        return listPrice;
    }

    private boolean hasEnded(OrderId orderId) {
        return ended.contains(orderId.value());
    }

    private boolean hasEnded(OrderId orderId, Ended how) {
        return ended.get(orderId.value()) == how.ordinal();
    }

    private void end(OrderId orderId, Ended how) {
        ended.put(orderId.value(), how.ordinal());
    }

    private Outcome<StockLevels> accepted() {
        return new Outcome.Accepted<>(levels, getVersion());
    }

    private static Outcome<StockLevels> refused(Rejection rejection) {
        return new Outcome.Refused<>(rejection);
    }
}
