package orderplatform.eventstore.saga;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Delivery;
import orderplatform.eventstore.FailingDataSource;
import orderplatform.eventstore.Parcel;
import orderplatform.eventstore.TestNode;
import orderplatform.eventstore.log.LogCheck;
import orderplatform.eventstore.reader.LogReader;
import org.awaitility.Awaitility;
import org.axonframework.config.EventProcessingConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sagas whose reader stores what it did now and then, instead of after every batch. */
class CheckpointTest {

    private static final int STEPS = 3;
    private static final int WAVES = 10;

    private final Database database = Database.create();
    private final JdbcTemplate owner = new JdbcTemplate(database.owner());

    private static void send(int parcels, TestNode... nodes) {
        CompletableFuture.allOf(IntStream.range(0, parcels)
                        .mapToObj(i -> nodes[i % nodes.length].send(new Parcel.Send("parcel-" + UUID.randomUUID())))
                        .toArray(CompletableFuture[]::new))
                .handle((sent, failure) -> sent)
                .join();
    }

    private long events(String type) {
        return owner.queryForObject(
                "SELECT count(*) FROM event_log.event WHERE event_type LIKE '%' || ?", Long.class, type);
    }

    private void awaitDelivered(long parcels) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> events("Delivered") == parcels);
    }

    private void awaitNothingLeft() {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            for (var table : List.of("saga", "saga_association", "deadline")) {
                assertThat(owner.queryForList("SELECT * FROM event_log." + table))
                        .as(table)
                        .isEmpty();
            }
        });
    }

    private List<String> tokens() {
        return owner.queryForList(
                "SELECT convert_from(token, 'UTF8') FROM event_log.token WHERE processor_name = ?",
                String.class,
                Delivery.READER);
    }

    private void awaitToken(long head) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> tokens().stream().allMatch(token -> token.contains(":" + head)));
    }

    /** Stored or not. */
    private static void awaitHandled(TestNode node, long head) {
        var reader = node.bean(EventProcessingConfiguration.class)
                .eventProcessor(Delivery.READER, LogReader.class)
                .orElseThrow();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> reader.processingStatus().values().stream()
                        .allMatch(segment -> segment.getCurrentPosition().orElse(-1) == head));
    }

    private void noteEveryRowOf(String table) {
        owner.execute("CREATE TABLE noted (id text)");
        owner.execute("""
                CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN INSERT INTO public.noted VALUES ('a row'); RETURN NEW; END $$""");
        owner.execute("CREATE TRIGGER note AFTER INSERT ON %s FOR EACH ROW EXECUTE FUNCTION note()".formatted(table));
    }

    private int noted() {
        return owner.queryForList("SELECT id FROM noted").size();
    }

    @Test
    void a_saga_that_is_over_before_it_is_stored_leaves_no_row() {
        noteEveryRowOf("event_log.saga");
        try (var node = TestNode.on(database, Delivery.STORE_EVERY + "8s")) {
            send(20, node);
            awaitDelivered(20);
            awaitToken(20L * STEPS - 1);
        }
        assertThat(noted()).isZero();
        awaitNothingLeft();
    }

    @Test
    void a_saga_that_goes_on_is_stored_with_its_deadline_which_goes_off() {
        noteEveryRowOf("event_log.saga");
        try (var node = TestNode.on(database, Delivery.STORE_EVERY + "200ms")) {
            node.sendAndWait(new Parcel.Send(Delivery.UNSTAMPED));
            awaitDelivered(1);
            awaitNothingLeft();
        }
        assertThat(noted()).isEqualTo(1);
    }

    @Test
    void what_is_not_stored_yet_is_stored_when_the_node_stops() {
        try (var node = TestNode.on(database, Delivery.STORE_EVERY + "3s")) {
            send(10, node);
            awaitDelivered(10);
            awaitHandled(node, 10 * STEPS - 1);
        }
        assertThat(tokens()).isNotEmpty().allMatch(token -> token.contains(":" + (10 * STEPS - 1)));
    }

    static List<Long> seeds() {
        var given = Long.getLong("seed");
        return given != null
                ? List.of(given)
                : new Random().longs(Integer.getInteger("seeds", 3)).boxed().toList();
    }

    /** Whatever fails begins anew from what is stored: no step is missing, none is taken twice, and nothing is left over. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_parcel_is_delivered_once_while_connections_are_lost_between_any_two_statements(long seed) {
        System.out.println("sagas and lost connections, seed " + seed);
        try (var pool = pool();
                var otherPool = pool()) {
            var lossy = new FailingDataSource(pool, new Random(seed), 0.04);
            var otherLossy = new FailingDataSource(otherPool, new Random(seed + 1), 0.04);
            try (var one = TestNode.on(database.url(), lossy, Delivery.STORE_EVERY + "50ms");
                    var other = TestNode.on(database.url(), otherLossy, Delivery.STORE_EVERY + "50ms")) {
                lossy.fail();
                otherLossy.fail();
                for (int wave = 0; wave < WAVES; wave++) {
                    send(40, one, other);
                }
                lossy.heal();
                otherLossy.heal();
                awaitDelivered(events("Sent"));
                awaitNothingLeft();
            }
            assertThat(lossy.failures() + otherLossy.failures()).isPositive();
        }
        assertThat(LogCheck.sound(database.owner())).isEqualTo(events("Sent") * STEPS);
    }

    private HikariDataSource pool() {
        var pool = new HikariDataSource();
        pool.setDataSource(database.application());
        pool.setMaximumPoolSize(12);
        return pool;
    }
}
