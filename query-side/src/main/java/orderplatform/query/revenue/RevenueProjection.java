package orderplatform.query.revenue;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderLine;
import orderplatform.eventstore.projection.Column;
import orderplatform.eventstore.projection.Projection;
import orderplatform.eventstore.projection.Rows;
import orderplatform.eventstore.projection.Table;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.Timestamp;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What each order brings in, and since which day. The sums per day and SKU are taken by the query: a row of sums would have
 * many orders in it, and an order that was parked and is retried later would come to it out of turn.
 */
@Component
@ProcessingGroup("revenue")
class RevenueProjection implements Projection {

    private static final TypeReference<List<Line>> LINES = new TypeReference<>() {};

    /** @param amount minor units */
    record Line(String sku, long quantity, long amount) {

        static Line of(OrderLine line) {
            return new Line(line.sku().value(), line.quantity(), line.total());
        }
    }

    /** @param day on which the order was confirmed; none while it brings in nothing */
    record Row(String orderId, @Nullable LocalDate day, String currency, List<Line> lines) {

        Row on(@Nullable LocalDate newDay) {
            return new Row(orderId, newDay, currency, lines);
        }
    }

    private final Rows<Row> rows;

    RevenueProjection(DataSource dataSource, JsonMapper json) {
        var columns = List.of(
                new Column<>("order_id", "text", Row::orderId),
                new Column<>("day", "date", Row::day),
                new Column<>("currency", "text", Row::currency),
                new Column<Row>("lines", "jsonb", row -> json.writeValueAsString(row.lines())));
        var table =
                new Table<>(dataSource, "revenue_order", List.of("order_id"), columns, (row, number) -> row(row, json));
        rows = new Rows<>(table, Row::orderId, RevenueProjection::orderOf, changed -> {});
    }

    private static Row row(ResultSet row, JsonMapper json) throws SQLException {
        return new Row(
                row.getString("order_id"),
                row.getObject("day", LocalDate.class),
                row.getString("currency"),
                json.readValue(row.getString("lines"), LINES));
    }

    private static Optional<String> orderOf(Object event) {
        return event instanceof OrderEvent it ? Optional.of(it.orderId().value()) : Optional.empty();
    }

    @Override
    public Rows<?> rows() {
        return rows;
    }

    @Override
    public List<String> eventTypes() {
        return List.of("order.placed", "order.confirmed", "order.cancelled");
    }

    @EventHandler
    void on(OrderEvent.Placed event) {
        var lines = event.lines().stream().map(Line::of).toList();
        rows.put(new Row(event.orderId().value(), null, event.total().currency(), lines));
    }

    @EventHandler
    void on(OrderEvent.Confirmed event, @Timestamp Instant at) {
        rows.put(find(event.orderId()).on(LocalDate.ofInstant(at, ZoneOffset.UTC)));
    }

    @EventHandler
    void on(OrderEvent.Cancelled event) {
        rows.put(find(event.orderId()).on(null));
    }

    private Row find(OrderId orderId) {
        return rows.find(orderId.value())
                .orElseThrow(() -> new IllegalStateException("Order %s has no row".formatted(orderId)));
    }
}
