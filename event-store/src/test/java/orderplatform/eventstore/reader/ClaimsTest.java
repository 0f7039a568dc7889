package orderplatform.eventstore.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Forwarder;
import orderplatform.eventstore.Purse;
import orderplatform.eventstore.PurseSums;
import orderplatform.eventstore.TestNode;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far a reader got, and which node works for it. */
@Order(1)
class ClaimsTest {

    /** In which a reader without a claim is taken over: the claim lasts five seconds, others look every five. */
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(12);

    private static final int EVENTS = 9;

    private final Database database = Database.create();
    private final JdbcTemplate owner = new JdbcTemplate(database.owner());

    private String token(String reader, String column) {
        return owner.queryForObject(
                "SELECT coalesce(%s, '') FROM event_log.token WHERE processor_name = ?".formatted(column),
                String.class,
                reader);
    }

    private String position() {
        return token(Forwarder.READER, "convert_from(token, 'UTF8')");
    }

    @Test
    void what_is_not_stored_yet_is_stored_when_the_node_stops() {
        try (var node = TestNode.on(database, Forwarder.STORE_EVERY + "3s")) {
            IntStream.range(0, EVENTS).forEach(i -> node.sendAndWait(new Purse.PutIn("purse-" + i, 1)));
            Awaitility.await().until(() -> node.bean(Forwarder.class).forwarded() == EVENTS);
        }
        assertThat(position()).contains(":" + (EVENTS - 1));
    }

    @Test
    void a_reader_whose_batch_takes_longer_than_its_claim_lasts_is_not_taken_over() throws Exception {
        try (var one = TestNode.on(database, PurseSums.ON);
                var other = TestNode.on(database, PurseSums.ON)) {
            one.sendAndWait(new Purse.PutIn("purse-1", 1));
            Awaitility.await().until(() -> sums().equals(List.of(1L)));
            var before = token(PurseSums.READER, "owner");
            try (var connection = database.owner().getConnection();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE purse_sum IN SHARE MODE");
                other.sendAndWait(new Purse.PutIn("purse-1", 2));
                Awaitility.await()
                        .during(TAKEN_WITHIN)
                        .atMost(TAKEN_WITHIN.multipliedBy(2))
                        .until(() -> token(PurseSums.READER, "owner").equals(before));
            }
            Awaitility.await().until(() -> sums().equals(List.of(3L)));
        }
    }

    private List<Long> sums() {
        return owner.queryForList("SELECT amount FROM purse_sum", Long.class);
    }
}
