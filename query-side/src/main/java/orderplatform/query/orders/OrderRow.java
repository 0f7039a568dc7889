package orderplatform.query.orders;

import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import orderplatform.api.CustomerId;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderStatus;
import orderplatform.api.orders.OrderView;
import orderplatform.api.orders.RejectionReason;
import orderplatform.api.payments.PaymentEvent;
import orderplatform.eventstore.projection.Column;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.annotations.Mutability;
import org.hibernate.type.SqlTypes;
import org.hibernate.type.descriptor.java.Immutability;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

@Entity
@Table(name = "order_view")
class OrderRow {

    private static final Set<OrderStatus> BEFORE_PAYMENT = Set.of(OrderStatus.PLACED, OrderStatus.AWAITING_STOCK);
    private static final TypeReference<List<OrderView.Line>> LINES = new TypeReference<>() {};

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

    /** The row as the table has it. */
    static OrderRow of(ResultSet row, JsonMapper json) throws SQLException {
        var order = new OrderRow();
        order.orderId = row.getString("order_id");
        order.customerId = row.getString("customer_id");
        order.status = OrderStatus.valueOf(row.getString("status"));
        order.currency = row.getString("currency");
        order.total = row.getLong("total");
        order.lines = json.readValue(row.getString("lines"), LINES);
        order.payment = OrderPayment.of(row);
        order.placedAt = row.getTimestamp("placed_at").toInstant();
        order.updatedAt = row.getTimestamp("updated_at").toInstant();
        order.version = row.getLong("version");
        order.placedPosition = row.getLong("placed_position");
        order.position = row.getLong("position");
        var rejection = row.getString("rejection");
        order.rejection = rejection == null ? null : json.readValue(rejection, RejectionReason.class);
        return order;
    }

    static List<Column<OrderRow>> columns(JsonMapper json) {
        return List.of(
                new Column<>("order_id", "text", row -> row.orderId),
                new Column<>("customer_id", "text", row -> row.customerId),
                new Column<>("status", "text", row -> row.status.name()),
                new Column<>("currency", "text", row -> row.currency),
                new Column<>("total", "bigint", row -> row.total),
                new Column<>("lines", "jsonb", row -> json.writeValueAsString(row.lines)),
                new Column<>(
                        "payment_status",
                        "text",
                        row -> row.payment.paymentStatus().name()),
                new Column<>("authorised", "bigint", row -> row.payment.authorised()),
                new Column<>("captured", "bigint", row -> row.payment.captured()),
                new Column<>("refunded", "bigint", row -> row.payment.refunded()),
                new Column<>("placed_at", "timestamptz", row -> row.placedAt.atOffset(ZoneOffset.UTC)),
                new Column<>("updated_at", "timestamptz", row -> row.updatedAt.atOffset(ZoneOffset.UTC)),
                new Column<>("version", "bigint", row -> row.version),
                new Column<>("payment_version", "bigint", row -> row.payment.paymentVersion()),
                new Column<>("placed_position", "bigint", row -> row.placedPosition),
                new Column<>("position", "bigint", row -> row.position),
                new Column<>(
                        "rejection",
                        "jsonb",
                        row -> row.rejection == null ? null : json.writeValueAsString(row.rejection)));
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
