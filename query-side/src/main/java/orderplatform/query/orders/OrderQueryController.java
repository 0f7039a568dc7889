package orderplatform.query.orders;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.function.Function;
import orderplatform.api.CustomerId;
import orderplatform.api.Moment;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.api.orders.OrderDiff;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderPage;
import orderplatform.api.orders.OrderQuery;
import orderplatform.api.orders.OrderStatus;
import orderplatform.api.orders.OrderView;
import orderplatform.query.consistency.ConsistencyToken;
import orderplatform.query.consistency.ReadsFrom;
import orderplatform.query.web.Parameters;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/orders")
class OrderQueryController {

    private final QueryGateway queries;
    private final OrderDifferences differences;

    OrderQueryController(QueryGateway queries, OrderDifferences differences) {
        this.queries = queries;
        this.differences = differences;
    }

    /**
     * The version is that of the order's stream, which a payment does not change; so the header is set by hand, for a
     * ResponseEntity would answer {@code If-None-Match} with 304 although the payment shown is another.
     */
    @GetMapping("/{orderId}")
    OrderView byId(
            @PathVariable String orderId,
            @RequestParam(required = false) @Nullable String asOfVersion,
            @RequestParam(required = false) @Nullable String asOf,
            @ReadsFrom("orders") ConsistencyToken token,
            HttpServletResponse response) {
        var moment = Parameters.moment(asOfVersion, asOf);
        OrderView order = find(orderId, id -> query(id, moment), token);
        response.setHeader(HttpHeaders.ETAG, "\"%d\"".formatted(order.version()));
        return order;
    }

    private static OrderQuery query(OrderId orderId, Optional<Moment> moment) {
        return moment.<OrderQuery>map(it -> new OrderQuery.AsOf(orderId, it))
                .orElseGet(() -> new OrderQuery.ById(orderId));
    }

    private OrderView find(String orderId, Function<OrderId, OrderQuery> query, ConsistencyToken token) {
        return Parameters.inPath(orderId, OrderId::new)
                .flatMap(id -> queries.query(
                                token.sentWith(query.apply(id)), ResponseTypes.optionalInstanceOf(OrderView.class))
                        .join())
                .orElseThrow(
                        () -> Problem.of(ProblemType.ORDER_NOT_FOUND, "There is no such order, or was none then."));
    }

    /** What changed from one version of the order to another. */
    @GetMapping("/{orderId}/diff")
    OrderDiff diff(
            @PathVariable String orderId,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @ReadsFrom("orders") ConsistencyToken token) {
        var first = Parameters.version("from", from);
        var second = Parameters.version("to", to);
        return differences.between(
                find(orderId, id -> new OrderQuery.AsOf(id, first), token),
                find(orderId, id -> new OrderQuery.AsOf(id, second), token));
    }

    @GetMapping
    OrderPage search(
            @RequestParam(required = false) @Nullable String customerId,
            @RequestParam(required = false) @Nullable OrderStatus status,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @ReadsFrom("orders") ConsistencyToken token) {
        Parameters.requireLimit(limit, OrderQuery.Search.MAX_LIMIT);
        var customer = customerId == null ? null : Parameters.inQuery("customerId", customerId, CustomerId::new);
        if (cursor != null) {
            Parameters.inQuery("cursor", cursor, OrderCursor::of);
        }
        var query = new OrderQuery.Search(customer, status, limit, cursor);
        return queries.query(token.sentWith(query), ResponseTypes.instanceOf(OrderPage.class))
                .join();
    }
}
