package orderplatform.query.orders;

import java.util.List;
import java.util.Optional;
import orderplatform.api.orders.OrderPage;
import orderplatform.api.orders.OrderQuery;
import orderplatform.api.orders.OrderStatus;
import orderplatform.api.orders.OrderView;
import orderplatform.query.cache.VersionedCache;
import orderplatform.query.consistency.ConsistencyToken;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.stereotype.Component;

@Component
class OrderQueries {

    private static final Sort NEWEST_FIRST = Sort.by("placedPosition").descending();

    private final OrderRows rows;
    private final VersionedCache<OrderView> cache;

    OrderQueries(OrderRows rows, VersionedCache<OrderView> cache) {
        this.rows = rows;
        this.cache = cache;
    }

    @QueryHandler
    Optional<OrderView> on(OrderQuery.ById query, @MetaDataValue(ConsistencyToken.METADATA) @Nullable Long token) {
        String id = query.orderId().value();
        long position = token == null ? ConsistencyToken.NONE.position() : token;
        return cache.get(id, position, () -> rows.findById(id).map(OrderRow::view));
    }

    /** Reads one order more than wanted, to know whether there is another page. */
    @QueryHandler
    OrderPage on(OrderQuery.Search query) {
        List<OrderRow> found = rows.findBy(
                matching(query),
                matches -> matches.sortBy(NEWEST_FIRST).limit(query.limit() + 1).all());
        List<OrderRow> page = found.subList(0, Math.min(query.limit(), found.size()));
        String next =
                found.size() > page.size() ? new OrderCursor(page.getLast().placedPosition()).encoded() : null;
        return new OrderPage(page.stream().map(OrderRow::view).toList(), next);
    }

    private static Specification<OrderRow> matching(OrderQuery.Search query) {
        Specification<OrderRow> matching = Specification.unrestricted();
        if (query.customerId() != null) {
            String customer = query.customerId().value();
            matching = matching.and((order, unused, where) -> where.equal(order.get("customerId"), customer));
        }
        if (query.status() != null) {
            OrderStatus status = query.status();
            matching = matching.and((order, unused, where) -> where.and(
                    where.equal(order.get("phase"), OrderRow.phase(status)), where.equal(order.get("status"), status)));
        }
        if (query.cursor() != null) {
            long before = OrderCursor.of(query.cursor()).placedPosition();
            matching = matching.and((order, unused, where) -> where.lessThan(order.get("placedPosition"), before));
        }
        return matching;
    }
}
