package orderplatform.query.deadletters;

import java.sql.Timestamp;
import java.time.Clock;
import orderplatform.query.notifications.OrderTold;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Events that became dead letters: nobody needs to wait for their notifications. A later retry may still send them. */
class GivenUp {

    private static final String ADD = """
            INSERT INTO notification_given_up (order_id, event_position, given_up_at)
            VALUES (:orderId, :position, :givenUpAt) ON CONFLICT DO NOTHING""";

    private final JdbcClient jdbc;
    private final Clock clock;

    GivenUp(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    void add(OrderTold event) {
        jdbc.sql(ADD)
                .param("orderId", event.orderId().value())
                .param("position", event.position())
                .param("givenUpAt", Timestamp.from(clock.instant()))
                .update();
    }
}
