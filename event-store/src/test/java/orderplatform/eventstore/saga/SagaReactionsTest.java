package orderplatform.eventstore.saga;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
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
import orderplatform.eventstore.audit.LogCheck;
import orderplatform.eventstore.parking.Parked;
import orderplatform.eventstore.parking.ParkedEvents;
import orderplatform.eventstore.parking.ParkingTables;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** A saga that reacts in the commit of its events. */
class SagaReactionsTest {

    private static final int STEPS = 3;
    private static final int WAVES = 10;
    private static final UUID FIRST = new UUID(0, 0);

    private final Database database = Database.create();
    private final JdbcTemplate owner = new JdbcTemplate(database.owner());

    private TestNode node() {
        return TestNode.on(database, Delivery.ON);
    }

    private static String newParcel(String name) {
        return name + UUID.randomUUID();
    }

    private long events(String type) {
        return owner.queryForObject(
                "SELECT count(*) FROM event_log.event WHERE event_type LIKE '%' || ?", Long.class, type);
    }

    private void awaitDelivered(long parcels) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> events("Delivered") == parcels);
    }

    private void assertNothingLeft() {
        for (var table : List.of("saga", "parked", "parked_event")) {
            assertThat(owner.queryForList("SELECT * FROM event_log." + table))
                    .as(table)
                    .isEmpty();
        }
    }

    @Test
    void an_event_is_stored_with_all_that_it_leads_to() {
        try (var node = node()) {
            node.sendAndWait(new Parcel.Send("parcel"));
        }
        assertThat(owner.queryForList("SELECT last_position - first_position + 1 FROM event_log.batch", Long.class))
                .containsExactly((long) STEPS);
        assertNothingLeft();
    }

    @Test
    void a_saga_that_goes_on_is_stored_with_its_deadline_which_goes_off_on_any_node() {
        try (var one = node();
                var other = node()) {
            for (int i = 0; i < 10; i++) {
                one.sendAndWait(new Parcel.Send(newParcel(Delivery.UNSTAMPED)));
                other.sendAndWait(new Parcel.Send(newParcel(Delivery.UNSTAMPED)));
            }
            awaitDelivered(20);
        }
        assertNothingLeft();
        assertThat(LogCheck.sound(database.owner())).isEqualTo(40);
    }

    @Test
    void a_saga_that_is_looked_at_before_anything_is_due_is_left_alone_from_then_on() {
        var parcel = newParcel(Delivery.WAITING);
        try (var node = node()) {
            node.sendAndWait(new Parcel.Send(parcel));
            owner.update("UPDATE event_log.saga SET due = now()");
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> dueWithinMinutes() == 0);
            assertThat(Delivery.told(parcel)).isEqualTo(1);
            node.sendAndWait(new Parcel.Stamp(parcel));
            assertThat(events("Delivered")).isEqualTo(1);
        }
        assertNothingLeft();
    }

    private long dueWithinMinutes() {
        return owner.queryForObject(
                "SELECT count(*) FROM event_log.saga WHERE due < now() + interval '10 minutes'", Long.class);
    }

    @Test
    void a_command_is_tried_again_if_its_saga_was_changed_elsewhere_and_what_follows_its_commit_is_done_once() {
        var parcel = newParcel(Delivery.WAITING);
        try (var node = node()) {
            node.sendAndWait(new Parcel.Send(parcel));
            assertThat(Delivery.told(parcel)).isEqualTo(1);
            owner.update("UPDATE event_log.saga SET version = version + 1");
            node.sendAndWait(new Parcel.Stamp(parcel));
            assertThat(events("Delivered")).isEqualTo(1);
            assertThat(Delivery.told(parcel)).isEqualTo(2);
            assertThat(node.bean(MeterRegistry.class)
                            .get("eventstore.conflicts")
                            .counter()
                            .count())
                    .isPositive();
        }
        assertNothingLeft();
    }

    @Test
    void no_saga_reacts_to_what_a_command_did_that_failed() {
        var parcel = newParcel(Delivery.WAITING);
        try (var node = node()) {
            node.sendAndWait(new Parcel.Send(parcel));
            assertThat(node.send(new Parcel.Tear(parcel))).failsWithin(Duration.ofSeconds(5));
            assertThat(Delivery.told(parcel)).isEqualTo(1);
            assertThat(events("Delivered")).isZero();
            node.sendAndWait(new Parcel.Stamp(parcel));
            assertThat(events("Delivered")).isEqualTo(1);
        }
        assertNothingLeft();
    }

    @Test
    void a_saga_that_fails_is_parked_and_its_command_and_all_others_succeed() {
        try (var node = node()) {
            node.sendAndWait(new Parcel.Send(Delivery.UNSTAMPED));
            var state = owner.queryForObject("SELECT state FROM event_log.saga", String.class);
            damage("{\"parcel\":[]}");
            CompletableFuture.allOf(
                            node.send(new Parcel.Stamp(Delivery.UNSTAMPED)), node.send(new Parcel.Send("another")))
                    .join();
            assertThat(events("Stamped")).isEqualTo(2);
            assertThat(events("Delivered")).isEqualTo(1);

            var parked = parked(node);
            assertThat(parked.sequence()).isEqualTo(Delivery.UNSTAMPED);
            assertThat(parked.eventType()).endsWith("Stamped");
            assertThat(node.bean(ParkedEvents.class).retry(parked.id()))
                    .hasValueSatisfying(again -> assertThat(again.attempts()).isEqualTo(2));

            node.sendAndWait(new Parcel.Deliver(Delivery.UNSTAMPED));
            assertThat(parked(node).waiting()).isEqualTo(2);
            assertThat(node.bean(SagaReactions.class).dueUntil(Instant.now().plusSeconds(60), 10))
                    .as("its deadline waits, too")
                    .isEmpty();

            damage(state);
            assertThat(node.bean(ParkedEvents.class).retry(parked.id())).isEmpty();
            assertThat(events("Delivered")).isEqualTo(2);
        }
        assertNothingLeft();
    }

    private void damage(String state) {
        assertThat(owner.update("UPDATE event_log.saga SET state = ?::json, version = version + 1", state))
                .isEqualTo(1);
    }

    private static Parked parked(TestNode node) {
        return node.bean(ParkingTables.class)
                .pageWithout(List.of(), Instant.EPOCH, FIRST, 1)
                .getFirst();
    }

    static List<Long> seeds() {
        var given = Long.getLong("seed");
        return given != null
                ? List.of(given)
                : new Random().longs(Integer.getInteger("seeds", 3)).boxed().toList();
    }

    /** A command that was not answered is stored with all that it leads to, or not at all. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void every_parcel_is_delivered_once_while_connections_are_lost_between_any_two_statements(long seed) {
        System.out.println("reactions and lost connections, seed " + seed);
        try (var pool = pool();
                var otherPool = pool()) {
            var lossy = new FailingDataSource(pool, new Random(seed), 0.04);
            var otherLossy = new FailingDataSource(otherPool, new Random(seed + 1), 0.04);
            try (var one = TestNode.on(database.url(), lossy, Delivery.ON);
                    var other = TestNode.on(database.url(), otherLossy, Delivery.ON)) {
                lossy.fail();
                otherLossy.fail();
                for (int wave = 0; wave < WAVES; wave++) {
                    send(40, one, other);
                }
                lossy.heal();
                otherLossy.heal();
                awaitDelivered(events("Sent"));
            }
            assertThat(lossy.failures() + otherLossy.failures()).isPositive();
        }
        assertNothingLeft();
        assertThat(LogCheck.sound(database.owner()))
                .isEqualTo(events("Sent") + events("Stamped") + events("Delivered"));
    }

    /** A fifth of them waits for its deadline. */
    private static void send(int parcels, TestNode... nodes) {
        CompletableFuture.allOf(IntStream.range(0, parcels)
                        .mapToObj(i -> nodes[i % nodes.length].send(
                                new Parcel.Send(newParcel(i % 5 == 0 ? Delivery.UNSTAMPED : "parcel-"))))
                        .toArray(CompletableFuture[]::new))
                .handle((sent, failure) -> sent)
                .join();
    }

    private HikariDataSource pool() {
        var pool = new HikariDataSource();
        pool.setDataSource(database.application());
        pool.setMaximumPoolSize(12);
        return pool;
    }
}
