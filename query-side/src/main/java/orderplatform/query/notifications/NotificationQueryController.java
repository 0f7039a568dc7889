package orderplatform.query.notifications;

import java.util.List;
import orderplatform.api.notifications.NotificationQuery;
import orderplatform.api.notifications.NotificationView;
import orderplatform.api.orders.OrderId;
import orderplatform.query.web.Parameters;
import orderplatform.query.web.Problems;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Takes no {@code Consistency-Token}: when a customer is told depends on servers beyond the platform. */
@RestController
class NotificationQueryController {

    private final QueryGateway queries;

    NotificationQueryController(QueryGateway queries) {
        this.queries = queries;
    }

    record Listed(List<NotificationView> items) {}

    @GetMapping("/api/notifications")
    Listed ofOrder(@RequestParam(required = false) @Nullable String orderId) {
        if (orderId == null) {
            throw Problems.invalid("orderId", "is required");
        }
        var query = new NotificationQuery.ByOrder(Parameters.inQuery("orderId", orderId, OrderId::new));
        return new Listed(queries.query(query, ResponseTypes.multipleInstancesOf(NotificationView.class))
                .join());
    }
}
