package orderplatform.query.history;

import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.api.orders.OrderCauses;
import orderplatform.api.orders.OrderHistory;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderQuery;
import orderplatform.query.consistency.ConsistencyToken;
import orderplatform.query.consistency.ReadsFrom;
import orderplatform.query.web.Parameters;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
class HistoryController {

    private final QueryGateway queries;

    HistoryController(QueryGateway queries) {
        this.queries = queries;
    }

    @GetMapping("/api/orders/{orderId}/history")
    OrderHistory ofOrder(@PathVariable String orderId, @ReadsFrom(ReadsFrom.LOG) ConsistencyToken token) {
        return Parameters.inPath(orderId, OrderId::new)
                .flatMap(id -> queries.query(
                                token.sentWith(new OrderQuery.History(id)),
                                ResponseTypes.optionalInstanceOf(OrderHistory.class))
                        .join())
                .orElseThrow(() -> Problem.of(ProblemType.ORDER_NOT_FOUND, "There is no such order."));
    }

    @GetMapping("/api/orders/{orderId}/causes")
    OrderCauses causesOf(@PathVariable String orderId, @ReadsFrom(ReadsFrom.LOG) ConsistencyToken token) {
        return Parameters.inPath(orderId, OrderId::new)
                .flatMap(id -> queries.query(
                                token.sentWith(new OrderQuery.Causes(id)),
                                ResponseTypes.optionalInstanceOf(OrderCauses.class))
                        .join())
                .orElseThrow(() -> Problem.of(ProblemType.ORDER_NOT_FOUND, "There is no such order."));
    }
}
