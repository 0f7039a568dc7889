package orderplatform.query.orders;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderView;
import orderplatform.api.payments.PaymentEvent;
import orderplatform.eventstore.projection.Projection;
import orderplatform.eventstore.projection.Rows;
import orderplatform.query.cache.VersionedCache;
import orderplatform.query.projections.EntityMapping;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Orders with what is known of their payments. Order and payment are two streams that meet in one row, so one segment
 * has to see both.
 */
@Component
@ProcessingGroup("orders")
class OrderProjection implements Projection {

    private final Rows<OrderRow> rows;

    OrderProjection(DataSource dataSource, JsonMapper json, VersionedCache<OrderView> cache) {
        rows = new Rows<>(
                new EntityMapping<>(OrderRow.class, json).table(dataSource),
                OrderRow::orderId,
                OrderProjection::orderOf,
                changed -> cache.putAll(changed.stream().collect(Collectors.toMap(OrderRow::orderId, OrderRow::view))));
    }

    @Override
    public Rows<?> rows() {
        return rows;
    }

    @Override
    public List<String> eventTypes() {
        return List.of("order.", "payment.");
    }

    private static Optional<String> orderOf(Object event) {
        return switch (event) {
            case OrderEvent it -> Optional.of(it.orderId().value());
            case PaymentEvent it -> Optional.of(it.orderId().value());
            default -> Optional.empty();
        };
    }

    @EventHandler
    void on(OrderEvent.Placed event, @SequenceNumber Long version, @Timestamp Instant at, TrackingToken token) {
        if (rows.find(event.orderId().value()).isEmpty()) {
            rows.put(new OrderRow(event, version, at, token.position().orElseThrow()));
        }
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
        OrderRow row = rows.find(orderId.value())
                .orElseThrow(() -> new IllegalStateException("Order %s has no row".formatted(orderId)));
        if (evolve.test(row)) {
            row.changedAt(at, token.position().orElseThrow());
            rows.put(row);
        }
    }
}
