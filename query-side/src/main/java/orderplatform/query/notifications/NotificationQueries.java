package orderplatform.query.notifications;

import java.util.List;
import orderplatform.api.notifications.NotificationQuery;
import orderplatform.api.notifications.NotificationView;
import org.axonframework.queryhandling.QueryHandler;

class NotificationQueries {

    private final NotificationRows rows;

    NotificationQueries(NotificationRows rows) {
        this.rows = rows;
    }

    @QueryHandler
    List<NotificationView> on(NotificationQuery.ByOrder query) {
        return rows
                .findByOrderIdOrderByEventPositionAscChannelAsc(query.orderId().value())
                .stream()
                .map(NotificationRow::view)
                .toList();
    }
}
