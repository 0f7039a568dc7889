package orderplatform.query.notifications;

import java.sql.Timestamp;
import java.time.Clock;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers events by id, in the transaction of their effect: an event that comes twice has one effect. */
class Inbox {

    private static final String ADD = """
            INSERT INTO notification_inbox (event_id, received_at) VALUES (:eventId, :receivedAt)
            ON CONFLICT DO NOTHING""";

    private final JdbcClient jdbc;
    private final Clock clock;

    Inbox(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether the event was not there yet; waits for a transaction that is just adding it. */
    boolean add(String eventId) {
        return jdbc.sql(ADD)
                        .param("eventId", eventId)
                        .param("receivedAt", Timestamp.from(clock.instant()))
                        .update()
                == 1;
    }
}
