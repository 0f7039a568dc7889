package orderplatform.eventstore.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import javax.sql.DataSource;
import orderplatform.eventstore.log.EventDigest;
import orderplatform.eventstore.log.LogTable;
import orderplatform.eventstore.log.StoredEvent;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads a whole log and says whether it is as the log promises to be. */
public final class LogCheck {

    private record Link(long first, long last, byte[] previous, byte[] hash) {}

    private LogCheck() {}

    /** Positions and versions without gaps, and a chain of hashes that fits the events. Returns the number of events. */
    public static long sound(DataSource dataSource) {
        var database = new JdbcTemplate(dataSource);
        var table = new LogTable(database, "check");
        var events = table.after(-1, Integer.MAX_VALUE);
        var versions = new HashMap<String, Long>();
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            assertThat(event.position()).as("position").isEqualTo(i);
            assertThat(event.version())
                    .as(event.stream())
                    .isEqualTo(versions.merge(event.stream(), 0L, (a, b) -> a + 1));
        }
        assertThat(events.stream().map(StoredEvent::id)).doesNotHaveDuplicates();
        chained(database, events);
        return events.size();
    }

    private static void chained(JdbcTemplate database, List<StoredEvent> events) {
        var previous = new byte[32];
        var next = 0L;
        for (var link : database.query(
                "SELECT first_position, last_position, previous_hash, hash FROM event_log.batch ORDER BY first_position",
                (row, number) -> new Link(row.getLong(1), row.getLong(2), row.getBytes(3), row.getBytes(4)))) {
            assertThat(link.first()).as("first position of a batch").isEqualTo(next);
            assertThat(link.previous()).as("previous hash at %d", next).isEqualTo(previous);
            assertThat(link.last()).as("last position of a batch").isLessThan(events.size());
            var digest = EventDigest.of(events.subList((int) link.first(), (int) link.last() + 1));
            previous = HashChain.next(previous, link.first(), link.last(), digest);
            assertThat(link.hash()).as("hash at %d", next).isEqualTo(previous);
            next = link.last() + 1;
        }
        assertThat(next).as("events in batches").isEqualTo(events.size());
        assertThat(database.queryForObject("SELECT position FROM event_log.tail", Long.class))
                .as("tail")
                .isEqualTo(events.size() - 1);
        assertThat(database.queryForObject("SELECT hash FROM event_log.tail", byte[].class))
                .as("hash at the tail")
                .isEqualTo(previous);
    }
}
