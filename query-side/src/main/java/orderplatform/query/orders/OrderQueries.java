package orderplatform.query.orders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import orderplatform.api.orders.OrderPage;
import orderplatform.api.orders.OrderQuery;
import orderplatform.api.orders.OrderView;
import orderplatform.eventstore.database.BoundedPage;
import orderplatform.query.cache.VersionedCache;
import orderplatform.query.consistency.ConsistencyToken;
import orderplatform.query.projections.EntityMapping;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

@Component
class OrderQueries {

    /** Of the lines on a page, which are nearly all of it. */
    private static final long PAGE_BYTES = 4 << 20;

    private static final String PAGE = BoundedPage.sql(
            "SELECT * FROM order_view WHERE %s ORDER BY placed_position DESC LIMIT :limit",
            "lines", "placed_position DESC", PAGE_BYTES);

    private final OrderRows rows;
    private final VersionedCache<OrderView> cache;
    private final JdbcClient database;
    private final RowMapper<OrderRow> mapping;

    OrderQueries(OrderRows rows, VersionedCache<OrderView> cache, JdbcClient database, JsonMapper json) {
        this.rows = rows;
        this.cache = cache;
        this.database = database;
        this.mapping = new EntityMapping<>(OrderRow.class, json);
    }

    @QueryHandler
    Optional<OrderView> on(OrderQuery.ById query, @MetaDataValue(ConsistencyToken.METADATA) @Nullable Long token) {
        String id = query.orderId().value();
        long position = token == null ? ConsistencyToken.NONE.position() : token;
        return cache.get(id, position, () -> rows.findById(id).map(OrderRow::view));
    }

    /** @param pageRows as many as there are, up to one more than wanted */
    private record Found(OrderRow order, long pageRows) {}

    /** Looks for one order more than wanted, to know whether there is another page. */
    @QueryHandler
    OrderPage on(OrderQuery.Search query) {
        var parameters = new HashMap<String, Object>();
        List<Found> found = database.sql(PAGE.formatted(matching(query, parameters)))
                .params(parameters)
                .param("limit", query.limit() + 1)
                .query((row, number) -> new Found(mapping.mapRow(row, number), row.getLong(BoundedPage.ROWS)))
                .list();
        var page = found.subList(0, Math.min(query.limit(), found.size()));
        var isLast = page.isEmpty() || page.getLast().pageRows() == page.size();
        return new OrderPage(
                page.stream().map(it -> it.order().view()).toList(),
                isLast ? null : new OrderCursor(page.getLast().order().placedPosition()).encoded());
    }

    /** With the conditions that each index begins with, and no others. */
    private static String matching(OrderQuery.Search query, Map<String, Object> parameters) {
        var conditions = new ArrayList<>(List.of("true"));
        if (query.customerId() != null) {
            conditions.add("customer_id = :customer");
            parameters.put("customer", query.customerId().value());
        }
        if (query.status() != null) {
            conditions.add("phase = :phase AND status = :status");
            parameters.put("phase", OrderRow.phase(query.status()));
            parameters.put("status", query.status().name());
        }
        if (query.cursor() != null) {
            conditions.add("placed_position < :before");
            parameters.put("before", OrderCursor.of(query.cursor()).placedPosition());
        }
        return String.join(" AND ", conditions);
    }
}
