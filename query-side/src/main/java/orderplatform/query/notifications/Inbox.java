package orderplatform.query.notifications;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Remembers events by id, in the transaction of their effect: an event that comes twice has one effect. */
class Inbox {

    /** In one order for all, so that no two consumers wait for each other. */
    private static final String ADD = """
            INSERT INTO notification_inbox (event_id, received_at)
            SELECT given.event_id, :receivedAt FROM unnest(:eventIds) AS given (event_id) ORDER BY given.event_id
            ON CONFLICT DO NOTHING RETURNING event_id""";

    private final JdbcClient jdbc;
    private final Clock clock;

    Inbox(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Those that were not there yet; waits for a transaction that is just adding one of them. */
    Set<String> add(Collection<String> eventIds) {
        return jdbc.sql(ADD)
                .param("eventIds", eventIds.toArray(String[]::new))
                .param("receivedAt", Timestamp.from(clock.instant()))
                .query(String.class)
                .set();
    }
}
