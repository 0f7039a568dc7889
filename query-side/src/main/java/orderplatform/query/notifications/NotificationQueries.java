package orderplatform.query.notifications;

import java.util.List;
import orderplatform.api.notifications.NotificationQuery;
import orderplatform.api.notifications.NotificationView;
import orderplatform.eventstore.personal.PersonalTexts;
import org.axonframework.queryhandling.QueryHandler;

class NotificationQueries {

    private final NotificationRows rows;
    private final PersonalTexts personal;

    NotificationQueries(NotificationRows rows, PersonalTexts personal) {
        this.rows = rows;
        this.personal = personal;
    }

    @QueryHandler
    List<NotificationView> on(NotificationQuery.ByOrder query) {
        return rows
                .findByOrderIdOrderByEventPositionAscChannelAsc(query.orderId().value())
                .stream()
                .map(row -> row.view(personal))
                .toList();
    }
}
