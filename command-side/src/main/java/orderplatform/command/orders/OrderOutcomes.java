package orderplatform.command.orders;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderStatus;
import orderplatform.api.orders.RejectionReason;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets a caller wait until an order is settled. Orders settled by this node wake their waiters at once, also where
 * another writer was first and the log has something else; for those settled elsewhere the order's stream is read again
 * now and then.
 */
@Component
@ProcessingGroup(OrderOutcomes.PROCESSOR)
public class OrderOutcomes {

    /** Name of the subscribing processor: it only wakes those who wait on this node. */
    public static final String PROCESSOR = "order-outcomes";

    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final EventStore eventStore;
    private final Map<OrderId, Semaphore> waiting = new ConcurrentHashMap<>();

    OrderOutcomes(EventStore eventStore) {
        this.eventStore = eventStore;
    }

    /**
     * @param version of the order's stream with the settling event
     * @param rejection of a rejected order
     */
    record Settled(
            OrderStatus status, long version, @Nullable RejectionReason rejection) {}

    /** The order that a command placed; empty if there is none, or another command placed it. */
    Optional<Settled> placedBy(String commandId, OrderId orderId) {
        return events(orderId)
                .findFirst()
                .filter(placed -> commandId.equals(placed.getMetaData().get("causationId")))
                .map(placed -> new Settled(OrderStatus.PLACED, placed.getSequenceNumber(), null));
    }

    /** The outcome, or nothing if the order is not settled in time. */
    Optional<Settled> await(OrderId orderId, Duration atMost) throws InterruptedException {
        long until = System.nanoTime() + atMost.toNanos();
        var wakeUp = waiting.computeIfAbsent(orderId, id -> new Semaphore(0));
        try {
            var settled = read(orderId);
            while (settled.isEmpty() && System.nanoTime() < until) {
                long pause = Math.min(until - System.nanoTime(), POLL_INTERVAL.toNanos());
                wakeUp.tryAcquire(pause, TimeUnit.NANOSECONDS);
                settled = read(orderId);
            }
            return settled;
        } finally {
            waiting.remove(orderId, wakeUp);
        }
    }

    private Optional<Settled> read(OrderId orderId) {
        return events(orderId).flatMap(event -> settled(event).stream()).reduce((earlier, later) -> later);
    }

    /** From the first event on: a snapshot does not say what happened. */
    private Stream<? extends DomainEventMessage<?>> events(OrderId orderId) {
        return eventStore.readEvents(orderId.stream(), 0).asStream();
    }

    private static Optional<Settled> settled(DomainEventMessage<?> event) {
        var version = event.getSequenceNumber();
        return switch (event.getPayload()) {
            case OrderEvent.Confirmed _ -> Optional.of(new Settled(OrderStatus.CONFIRMED, version, null));
            case OrderEvent.Rejected(var _, var reason) ->
                Optional.of(new Settled(OrderStatus.REJECTED, version, reason));
            case OrderEvent.Cancelled _ -> Optional.of(new Settled(OrderStatus.CANCELLED, version, null));
            default -> Optional.empty();
        };
    }

    @EventHandler
    void on(OrderEvent event) {
        switch (event) {
            case OrderEvent.Confirmed _, OrderEvent.Rejected _, OrderEvent.Cancelled _ ->
                CurrentUnitOfWork.get().afterCommit(work -> wake(event.orderId()));
            case OrderEvent.Placed _, OrderEvent.StockAwaited _, OrderEvent.PaymentAwaited _ -> {}
        }
    }

    private void wake(OrderId orderId) {
        var waiter = waiting.get(orderId);
        if (waiter != null) {
            waiter.release();
        }
    }
}
