package orderplatform.eventstore.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Delivery;
import orderplatform.eventstore.Parcel;
import orderplatform.eventstore.TestNode;
import orderplatform.eventstore.log.LogCheck;
import orderplatform.eventstore.log.Node;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class SegmentBalanceTest {

    private static final int PARCELS = 50;
    private static final int STEPS = 3;
    private static final int UNSTAMPED_STEPS = 2;

    /** In which a segment without a claim is taken over: the claim lasts five seconds, others look every five. */
    private static final Duration TAKEN_WITHIN = Duration.ofSeconds(12);

    private final Database database = Database.create();
    private final JdbcTemplate owner = new JdbcTemplate(database.owner());

    private static ConditionFactory soon() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    private TestNode node() {
        return TestNode.on(database, Delivery.STORE_EVERY + "100ms");
    }

    private static String nameOf(TestNode node) {
        return node.bean(Node.class).name();
    }

    private List<String> owners() {
        return owner.queryForList(
                "SELECT coalesce(owner, '') FROM event_log.token WHERE processor_name = ? ORDER BY segment",
                String.class,
                Delivery.READER);
    }

    private static void send(TestNode node) {
        send(node, "parcel-");
    }

    private static void send(TestNode node, String name) {
        IntStream.range(0, PARCELS).forEach(i -> node.sendAndWait(new Parcel.Send(name + UUID.randomUUID())));
    }

    private long delivered() {
        return owner.queryForObject(
                "SELECT count(*) FROM event_log.event WHERE event_type LIKE '%Delivered'", Long.class);
    }

    @Test
    void a_node_that_joins_gets_its_share_while_work_goes_on_and_the_other_has_all_again_when_it_leaves() {
        try (var one = node()) {
            soon().until(() -> owners().equals(List.of(nameOf(one), nameOf(one))));
            try (var joining = node()) {
                send(one);
                soon().untilAsserted(
                                () -> assertThat(owners()).containsExactlyInAnyOrder(nameOf(one), nameOf(joining)));
                send(one);
                soon().until(() -> delivered() == 2 * PARCELS);
                assertThat(owners()).containsExactlyInAnyOrder(nameOf(one), nameOf(joining));
            }
            soon().until(() -> owners().equals(List.of(nameOf(one), nameOf(one))));
            send(one);
            soon().until(() -> delivered() == 3 * PARCELS);
        }
        assertThat(LogCheck.sound(database.owner())).isEqualTo(3L * PARCELS * STEPS);
    }

    @Test
    void a_node_whose_claims_have_run_out_is_left_nothing() {
        try (var one = node()) {
            var all = List.of(nameOf(one), nameOf(one));
            soon().until(() -> owners().equals(all));
            owner.update(
                    "INSERT INTO event_log.reader_node (processor_name, node, signed_at) VALUES (?, 'dead', now() - interval '5 s')",
                    Delivery.READER);
            Awaitility.await()
                    .during(Duration.ofSeconds(6))
                    .atMost(TAKEN_WITHIN)
                    .until(() -> owners().equals(all));
        }
    }

    @Test
    void a_segment_whose_batch_takes_longer_than_its_claim_lasts_is_not_taken_over() throws Exception {
        try (var one = node();
                var other = node()) {
            soon().untilAsserted(() -> assertThat(owners()).containsExactlyInAnyOrder(nameOf(one), nameOf(other)));
            var before = owners();
            try (var connection = database.owner().getConnection();
                    var statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE event_log.saga IN SHARE MODE");
                // Others are over before they are stored, and leave nothing to write.
                send(one, Delivery.UNSTAMPED);
                soon().until(() -> writersThatWait() > 1);
                Awaitility.await()
                        .during(TAKEN_WITHIN)
                        .atMost(TAKEN_WITHIN.multipliedBy(2))
                        .until(() -> owners().equals(before));
            }
            soon().until(() -> delivered() == PARCELS);
        }
        assertThat(LogCheck.sound(database.owner())).isEqualTo(1L * PARCELS * UNSTAMPED_STEPS);
    }

    private int writersThatWait() {
        return owner.queryForObject(
                "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'event_log.saga'::regclass",
                Integer.class);
    }
}
