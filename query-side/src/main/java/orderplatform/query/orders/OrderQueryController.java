package orderplatform.query.orders;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import orderplatform.api.CustomerId;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderPage;
import orderplatform.api.orders.OrderQuery;
import orderplatform.api.orders.OrderStatus;
import orderplatform.api.orders.OrderView;
import orderplatform.query.consistency.ConsistencyToken;
import orderplatform.query.consistency.ReadsFrom;
import orderplatform.query.web.Parameters;
import orderplatform.query.web.Problems;
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

    OrderQueryController(QueryGateway queries) {
        this.queries = queries;
    }

    /**
     * The version is that of the order's stream, which a payment does not change; so the header is set by hand, for a
     * ResponseEntity would answer {@code If-None-Match} with 304 although the payment shown is another.
     */
    @GetMapping("/{orderId}")
    OrderView byId(
            @PathVariable String orderId, @ReadsFrom("orders") ConsistencyToken token, HttpServletResponse response) {
        Optional<OrderView> found = Parameters.inPath(orderId, OrderId::new)
                .flatMap(id -> queries.query(
                                token.sentWith(new OrderQuery.ById(id)),
                                ResponseTypes.optionalInstanceOf(OrderView.class))
                        .join());
        OrderView order = found.orElseThrow(() -> Problems.notFound("order", "There is no such order."));
        response.setHeader(HttpHeaders.ETAG, "\"%d\"".formatted(order.version()));
        return order;
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
