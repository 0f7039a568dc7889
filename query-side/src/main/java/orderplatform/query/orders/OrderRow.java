package orderplatform.query.orders;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import orderplatform.api.CustomerId;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderStatus;
import orderplatform.api.orders.OrderView;
import orderplatform.api.orders.RejectionReason;
import orderplatform.api.payments.PaymentEvent;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "order_view")
class OrderRow {

    private static final Set<OrderStatus> BEFORE_PAYMENT = Set.of(OrderStatus.PLACED, OrderStatus.AWAITING_STOCK);

    @Id
    private String orderId;

    private String customerId;

    @Enumerated(EnumType.STRING)
    private OrderStatus status;

    private String currency;
    private long total;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private List<OrderView.Line> lines;

    @Embedded
    private OrderPayment payment;

    private Instant placedAt;
    private Instant updatedAt;
    private long version;
    private long placedPosition;
    private long position;

    @JdbcTypeCode(SqlTypes.JSON)
    @Mutability(Immutability.class)
    private @Nullable RejectionReason rejection;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected OrderRow() {}

    OrderRow(OrderEvent.Placed placed, long version, Instant at, long position) {
        orderId = placed.orderId().value();
        customerId = placed.customerId().value();
        status = OrderStatus.PLACED;
        currency = placed.total().currency();
        total = placed.total().amount();
        lines = placed.lines().stream().map(OrderView.Line::of).toList();
        payment = OrderPayment.NONE;
        placedAt = at;
        updatedAt = at;
        this.version = version;
        placedPosition = position;
        this.position = position;
    }

    /** What the table computes for an order in this status: it has an index on it, and none on the status. */
    static String phase(OrderStatus status) {
        return status.isSettled() ? status.name() : "OPEN";
    }

    String orderId() {
        return orderId;
    }

    /** Whether the event is news; one that came before changes nothing. */
    boolean evolve(OrderEvent event, long eventVersion) {
        if (eventVersion <= version) {
            return false;
        }
        switch (event) {
            case OrderEvent.Placed placed ->
                throw new IllegalStateException("Order %s was placed twice".formatted(placed.orderId()));
            case OrderEvent.StockAwaited it -> status = OrderStatus.AWAITING_STOCK;
            case OrderEvent.PaymentAwaited it -> status = OrderStatus.AWAITING_PAYMENT;
            case OrderEvent.Confirmed it -> status = OrderStatus.CONFIRMED;
            case OrderEvent.Cancelled it -> status = OrderStatus.CANCELLED;
            case OrderEvent.Rejected rejected -> {
                status = OrderStatus.REJECTED;
                rejection = rejected.reason();
            }
        }
        version = eventVersion;
        return true;
    }

    /** Whether the event is news for the view. */
    boolean evolve(PaymentEvent event, long eventVersion) {
        OrderPayment before = payment;
        payment = before.evolve(event, eventVersion);
        if (payment.equals(before)) {
            return false;
        }
        if (event instanceof PaymentEvent.AuthorisationRequested && BEFORE_PAYMENT.contains(status)) {
            status = OrderStatus.AWAITING_PAYMENT;
        }
        return true;
    }

    void changedAt(Instant at, long eventPosition) {
        updatedAt = at;
        position = eventPosition;
    }

    long placedPosition() {
        return placedPosition;
    }

    OrderView view() {
        return new OrderView(
                new OrderId(orderId),
                new CustomerId(customerId),
                status,
                currency,
                total,
                shipping(),
                lines,
                payment.view(),
                placedAt,
                updatedAt,
                version,
                position,
                rejection);
    }

    /** Not a column, which rows of nodes from before it was charged would leave empty. */
    private long shipping() {
        return total - lines.stream().mapToLong(OrderView.Line::lineTotal).sum();
    }
}
