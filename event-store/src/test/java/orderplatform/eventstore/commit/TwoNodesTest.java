package orderplatform.eventstore.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.FailingDataSource;
import orderplatform.eventstore.Purse;
import orderplatform.eventstore.PurseSums;
import orderplatform.eventstore.TestNode;
import orderplatform.eventstore.audit.LogCheck;
import orderplatform.eventstore.log.LogEventStore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Two nodes that append to the same streams of one log. */
class TwoNodesTest {

    private static final int PURSES = 100;
    private static final int COMMANDS = 2_000;

    private final Database database = Database.create();

    @Test
    void lose_and_double_nothing_while_they_get_in_each_others_way() throws Exception {
        var seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        try (var one = TestNode.on(database, PurseSums.ON);
                var other = TestNode.on(database, PurseSums.ON)) {
            var answers = new ArrayList<CompletableFuture<Purse.Sum>>();
            for (int i = 0; i < COMMANDS; i++) {
                var node = random.nextBoolean() ? one : other;
                answers.add(node.send(new Purse.PutIn("purse-" + random.nextInt(PURSES), 1)));
            }
            for (var answer : answers) {
                answer.get();
            }
            var retries = retries(one) + retries(other);
            System.out.printf(
                    "two nodes, %d commands on %d streams, seed %d: %.0f commands tried again (%.1f %%)%n",
                    COMMANDS, PURSES, seed, retries, 100 * retries / COMMANDS);
            assertThat(total(one)).isEqualTo(COMMANDS);
            assertThat(total(other)).isEqualTo(COMMANDS);
            awaitSumsOfAllEvents();
        }
        assertThat(LogCheck.sound(database.owner())).isEqualTo(COMMANDS);
    }

    @Test
    void learn_what_the_other_appended_before_they_decide() {
        try (var one = TestNode.on(database, PurseSums.ON);
                var other = TestNode.on(database, PurseSums.ON)) {
            for (int i = 0; i < 50; i++) {
                for (var node : List.of(one, other)) {
                    node.sendAndWait(new Purse.PutIn("purse-0", 1));
                }
            }
            assertThat(retries(one) + retries(other)).as("commands tried again").isBetween(0.0, 2.0);
            assertThat(one.<Purse.Sum>sendAndWait(new Purse.Look("purse-0")).amount())
                    .isEqualTo(100);
        }
    }

    @Test
    void know_what_the_other_appended_as_soon_as_their_own_readers_do() throws Exception {
        try (var one = TestNode.on(database);
                var other = TestNode.on(database)) {
            for (int events = 1; events <= 10; events++) {
                var next = events % 2 == 0 ? one : other;
                next.sendAndWait(new Purse.PutIn("purse-0", 1));
                awaitRead(one, events);
                awaitRead(other, events);
            }
            assertThat(retries(one) + retries(other)).as("commands tried again").isZero();
            assertThat(one.<Purse.Sum>sendAndWait(new Purse.Look("purse-0")).amount())
                    .isEqualTo(10);
        }
    }

    private static void awaitRead(TestNode node, int events) throws InterruptedException {
        try (var log = node.bean(LogEventStore.class).openStream(null)) {
            for (int i = 0; i < events; i++) {
                log.nextAvailable();
            }
        }
    }

    private static double retries(TestNode node) {
        return node.bean(MeterRegistry.class).counter("eventstore.conflicts").count();
    }

    private static long total(TestNode node) {
        return IntStream.range(0, PURSES)
                .mapToLong(i -> node.<Purse.Sum>sendAndWait(new Purse.Look("purse-" + i))
                        .amount())
                .sum();
    }

    static List<Long> seeds() {
        var given = Long.getLong("seed");
        var random = new Random();
        return given != null
                ? List.of(given)
                : random.longs(Integer.getInteger("seeds", 5)).boxed().toList();
    }

    /** What was answered is in the log once; what failed is in it once or not at all; nothing else is. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keep_the_log_sound_while_connections_are_lost_between_any_two_statements(long seed) throws Exception {
        System.out.println("lost connections, seed " + seed);
        var random = new Random(seed);
        var acknowledged = 0;
        var failed = 0;
        try (var pool = pool();
                var otherPool = pool()) {
            var lossy = new FailingDataSource(pool, new Random(seed + 1), 0.02);
            var otherLossy = new FailingDataSource(otherPool, new Random(seed + 2), 0.02);
            try (var one = TestNode.on(database.url(), lossy, PurseSums.ON);
                    var other = TestNode.on(database.url(), otherLossy, PurseSums.ON)) {
                lossy.fail();
                otherLossy.fail();
                var answers = new ArrayList<CompletableFuture<Purse.Sum>>();
                for (int i = 0; i < 600; i++) {
                    var node = random.nextBoolean() ? one : other;
                    answers.add(node.send(new Purse.PutIn("purse-" + random.nextInt(10), i)));
                    if (i % 20 == 0) {
                        answers.getLast().handle((sum, failure) -> sum).get();
                    }
                }
                for (var answer : answers) {
                    try {
                        answer.get();
                        acknowledged++;
                    } catch (ExecutionException unlucky) {
                        failed++;
                    }
                }
                lossy.heal();
                otherLossy.heal();
                awaitSumsOfAllEvents();
            }
            assertThat(lossy.failures() + otherLossy.failures()).isPositive();
        }
        assertThat(new JdbcTemplate(database.owner())
                        .queryForList("SELECT payload ->> 'amount' FROM event_log.event", String.class))
                .as("commands with an effect")
                .doesNotHaveDuplicates();
        assertThat(LogCheck.sound(database.owner())).isBetween((long) acknowledged, (long) acknowledged + failed);
        assertThat(acknowledged).isPositive();
    }

    /** The projection is the fold of the events. */
    private void awaitSumsOfAllEvents() {
        var owner = new JdbcTemplate(database.owner());
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> assertThat(owner.queryForList("SELECT purse, amount FROM purse_sum ORDER BY purse"))
                                .isEqualTo(owner.queryForList("""
                                SELECT payload ->> 'purse' AS purse, sum((payload ->> 'amount')::bigint)::bigint AS amount
                                FROM event_log.event GROUP BY 1 ORDER BY 1""")));
    }

    private HikariDataSource pool() {
        var pool = new HikariDataSource();
        pool.setDataSource(database.application());
        pool.setMaximumPoolSize(12);
        return pool;
    }
}
