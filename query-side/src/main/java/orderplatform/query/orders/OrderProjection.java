package orderplatform.query.orders;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.function.Predicate;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderView;
import orderplatform.api.payments.PaymentEvent;
import orderplatform.query.cache.VersionedCache;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.stereotype.Component;

/**
 * Orders with what is known of their payments. Order and payment are two streams that meet in one row, so one segment
 * has to see both.
 */
@Component
@ProcessingGroup("orders")
class OrderProjection {

    private final OrderRows rows;
    private final EntityManager entities;
    private final VersionedCache<OrderView> cache;

    OrderProjection(OrderRows rows, EntityManager entities, VersionedCache<OrderView> cache) {
        this.rows = rows;
        this.entities = entities;
        this.cache = cache;
    }

    @EventHandler
    void on(OrderEvent.Placed event, @SequenceNumber Long version, @Timestamp Instant at, TrackingToken token) {
        if (rows.findById(event.orderId().value()).isPresent()) {
            return;
        }
        var row = new OrderRow(event, version, at, token.position().orElseThrow());
        entities.persist(row);
        cache.putAfterCommit(event.orderId().value(), row::view);
    }

    @EventHandler
    void on(OrderEvent event, @SequenceNumber Long version, @Timestamp Instant at, TrackingToken token) {
        change(event.orderId(), row -> row.evolve(event, version), at, token);
    }

    @EventHandler
    void on(PaymentEvent event, @SequenceNumber Long version, @Timestamp Instant at, TrackingToken token) {
        change(event.orderId(), row -> row.evolve(event, version), at, token);
    }

    private void change(OrderId orderId, Predicate<OrderRow> evolve, Instant at, TrackingToken token) {
        OrderRow row = rows.findById(orderId.value())
                .orElseThrow(() -> new IllegalStateException("Order %s has no row".formatted(orderId)));
        if (evolve.test(row)) {
            row.changedAt(at, token.position().orElseThrow());
            cache.putAfterCommit(orderId.value(), row::view);
        }
    }
}
