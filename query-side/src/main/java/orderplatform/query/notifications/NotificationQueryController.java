package orderplatform.query.notifications;

import java.util.List;
import orderplatform.api.Problem;
import orderplatform.api.notifications.NotificationQuery;
import orderplatform.api.notifications.NotificationView;
import orderplatform.api.orders.OrderId;
import orderplatform.query.consistency.ConsistencyToken;
import orderplatform.query.consistency.ConsistencyWait;
import orderplatform.query.consistency.ReadsFrom;
import orderplatform.query.web.Parameters;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class NotificationQueryController {

    private final QueryGateway queries;
    private final NotificationProgress progress;
    private final ConsistencyWait wait;

    NotificationQueryController(QueryGateway queries, NotificationProgress progress, ConsistencyWait wait) {
        this.queries = queries;
        this.progress = progress;
        this.wait = wait;
    }

    record Listed(List<NotificationView> items) {}

    /** A token that a write has answered with is in the log already, so there is one wait only: for the ledger. */
    @GetMapping("/api/notifications")
    Listed ofOrder(
            @RequestParam(required = false) @Nullable String orderId, @ReadsFrom(ReadsFrom.LOG) ConsistencyToken token)
            throws InterruptedException {
        if (orderId == null) {
            throw Problem.invalid("orderId", "is required");
        }
        var id = Parameters.inQuery("orderId", orderId, OrderId::new);
        if (!token.equals(ConsistencyToken.NONE)) {
            wait.await("notifications", token.position(), progress.of(id, token.position()));
        }
        var query = new NotificationQuery.ByOrder(id);
        return new Listed(queries.query(query, ResponseTypes.multipleInstancesOf(NotificationView.class))
                .join());
    }
}
