package orderplatform.eventstore.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Purse;
import orderplatform.eventstore.PurseSums;
import orderplatform.eventstore.TestNode;
import orderplatform.eventstore.replay.Replay.State;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** On a projection that adds up, so that an event which is handled twice or not at all shows. */
@Order(1)
class ReplaysTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** More than a generation keeps in memory. */
    private static final int PURSES = 30_000;

    /** What the rows should be, by the log alone. */
    private static final String FOLDED = """
            SELECT payload->>'purse' AS purse, sum((payload->>'amount')::bigint
                * CASE WHEN event_type LIKE '%TakenOut' THEN -1 ELSE 1 END)::bigint AS amount
            FROM event_log.event GROUP BY 1""";

    private final Database database = Database.create();
    private final JdbcTemplate owner = new JdbcTemplate(database.owner());

    /** One that has followed the log before. */
    private TestNode node() {
        owner.update(
                "INSERT INTO event_log.generation (projection, number, highest) VALUES (?, 1, 1) ON CONFLICT DO NOTHING",
                PurseSums.READER);
        return TestNode.on(database, PurseSums.ON);
    }

    /** Each purse is filled, and when all are, something is taken out of each. */
    private void fill(int purses) {
        append("PutInDone", 0, purses, 5);
        append("TakenOut", 1, purses, 2);
    }

    private void append(String type, int version, int purses, int amount) {
        owner.update("""
                INSERT INTO event_log.event
                SELECT t.position + n, 'p' || n, ?, gen_random_uuid(), ?, NULL, 'Purse', now(),
                       json_build_object('purse', 'p' || n, 'amount', ?), '{}'
                FROM event_log.tail t, generate_series(1, ?) n""", version, Purse.class.getName() + "$" + type, amount, purses);
        owner.update("UPDATE event_log.tail SET position = (SELECT max(position) FROM event_log.event)");
    }

    private static Replay begin(TestNode node, Long until) {
        return node.bean(Replays.class).begin(PurseSums.READER, until).orElseThrow();
    }

    private static Replay find(TestNode node, Replay replay) {
        return node.bean(Replays.class).find(PurseSums.READER, replay.id()).orElseThrow();
    }

    private static Replay awaitOver(TestNode node, Replay replay) {
        return Awaitility.await().atMost(PATIENCE).until(() -> find(node, replay), Replay::isOver);
    }

    private void awaitLive() {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(wrongRows("purse_sum")).isZero());
    }

    /** Rows that one has and the other has not. */
    private long wrongRows(String table) {
        return owner.queryForObject("""
                WITH folded AS (%2$s)
                SELECT (SELECT count(*) FROM (SELECT purse, amount FROM %1$s rows EXCEPT TABLE folded) a)
                     + (SELECT count(*) FROM (TABLE folded EXCEPT SELECT purse, amount FROM %1$s rows) b)""".formatted(table, FOLDED), Long.class);
    }

    @Test
    void a_replay_builds_every_row_anew_and_makes_the_new_ones_live() {
        fill(PURSES);
        try (var node = node()) {
            awaitLive();
            owner.update("UPDATE purse_sum SET amount = 0");

            var over = awaitOver(node, begin(node, null));

            assertThat(over.state()).as("%s", over).isEqualTo(State.SWAPPED);
            assertThat(over.position()).isEqualTo(2 * PURSES - 1);
            assertThat(over.comparison().isEqual()).isFalse();
            assertThat(over.comparison().live().rows()).isEqualTo(PURSES);
            assertThat(over.comparison().built().rows()).isEqualTo(PURSES);
            assertThat(wrongRows("purse_sum")).isZero();
            assertThat(node.bean(Replays.class).generation(PurseSums.READER)).isEqualTo(2);
            node.sendAndWait(new Purse.PutIn("p1", 7));
            awaitLive();
        }
    }

    @Test
    void the_new_table_has_the_indexes_and_privileges_of_the_live_one() {
        owner.execute("CREATE INDEX purse_sum_by_amount ON purse_sum (amount)");
        owner.execute("ALTER TABLE purse_sum SET (fillfactor = 60)");
        fill(10);
        try (var node = node()) {
            awaitLive();
            var before = lookOf();

            assertThat(awaitOver(node, begin(node, null)).state()).isEqualTo(State.SWAPPED);

            assertThat(lookOf()).isEqualTo(before).contains("purse_sum_by_amount", "fillfactor=60", "purse_sum_pkey");
        }
    }

    private String lookOf() {
        return owner.queryForObject("""
                SELECT (SELECT string_agg(indexdef, E'\\n' ORDER BY indexname) FROM pg_indexes
                        WHERE schemaname = 'public' AND tablename = 'purse_sum')
                    || c.reloptions::text || c.relacl::text FROM pg_class c WHERE c.oid = 'public.purse_sum'::regclass""", String.class);
    }

    @Test
    void a_replay_under_load_misses_nothing_and_doubles_nothing() {
        fill(5_000);
        try (var node = node()) {
            awaitLive();
            var enough = new AtomicBoolean();
            var load = CompletableFuture.runAsync(() -> {
                for (int i = 1; !enough.get(); i++) {
                    node.sendAndWait(new Purse.PutIn("p" + (i % 100 + 1), 1));
                }
            });

            for (int i = 0; i < 3; i++) {
                var over = awaitOver(node, begin(node, null));
                assertThat(over.state()).as("%s", over).isEqualTo(State.SWAPPED);
                assertThat(over.comparison().isEqual()).as("%s", over).isTrue();
            }
            enough.set(true);
            load.join();

            awaitLive();
        }
    }

    @Test
    void an_event_that_can_not_be_read_fails_the_replay_and_nothing_else() {
        fill(10);
        owner.update("UPDATE event_log.tail SET position = position + 1");
        owner.update("""
                INSERT INTO event_log.event SELECT position, 'p1', 2, gen_random_uuid(), ?, NULL, 'Purse', now(),
                    '{"purse":"p1","amount":"poison"}', '{}' FROM event_log.tail""", Purse.class.getName() + "$PutInDone");
        try (var node = node()) {
            var over = awaitOver(node, begin(node, 20L));

            assertThat(over.state()).isEqualTo(State.FAILED);
            assertThat(over.failure().position()).isEqualTo(20);
            assertThat(over.failure().type()).endsWith("PutInDone");
            assertThat(over.failure().cause()).contains("poison");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> owner.queryForList("SELECT sum(amount)::bigint FROM purse_sum", Long.class)
                            .contains(30L));
            assertThat(owner.queryForList("SELECT to_regclass('sandbox.purse_sum')", String.class))
                    .containsOnlyNulls();
        }
    }

    @Test
    void one_that_has_to_stop_somewhere_stays_in_the_sandbox() {
        fill(10);
        try (var node = node()) {
            awaitLive();

            var over = awaitOver(node, begin(node, 9L));

            assertThat(over.state()).isEqualTo(State.STOPPED);
            assertThat(over.position()).isEqualTo(9);
            var application = new JdbcTemplate(database.application());
            assertThat(application.queryForList("SELECT DISTINCT amount FROM sandbox.purse_sum", Long.class))
                    .containsExactly(5L);
            assertThat(wrongRows("purse_sum")).isZero();
            assertThat(node.bean(Replays.class).generation(PurseSums.READER)).isEqualTo(1);
        }
    }

    @Test
    void rows_that_only_the_live_generation_has_show() {
        fill(10);
        try (var node = node()) {
            awaitLive();
            owner.update("INSERT INTO purse_sum VALUES ('nobody', 1)");

            var compared = awaitOver(node, begin(node, null)).comparison();

            assertThat(compared.isEqual()).isFalse();
            assertThat(compared.position()).isEqualTo(19);
            assertThat(compared.built().rows()).isEqualTo(10);
            assertThat(compared.live().rows()).isEqualTo(11);
            assertThat(awaitOver(node, begin(node, null)).comparison().isEqual())
                    .isTrue();
        }
    }

    /** Else the node that works on it would take it over from itself, again and again. */
    @Test
    void work_that_takes_longer_than_others_wait_is_not_taken_over() {
        owner.execute("CREATE SEQUENCE public.evaluated");
        owner.execute("""
                CREATE FUNCTION public.slow_in_replays(amount bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
                BEGIN
                    PERFORM nextval('public.evaluated'), pg_sleep(%d) FROM event_log.replay WHERE finished_at IS NULL;
                    RETURN amount;
                END $$""".formatted(Replays.LEASE_TIMEOUT.plusSeconds(1).toSeconds()));
        owner.execute("CREATE INDEX purse_sum_slow ON purse_sum (public.slow_in_replays(amount))");
        fill(1);
        try (var node = node()) {
            awaitLive();

            var over = awaitOver(node, begin(node, null));

            assertThat(over.state()).as("%s", over).isEqualTo(State.SWAPPED);
            // By the index and by ANALYZE, once each.
            assertThat(owner.queryForObject("SELECT last_value FROM public.evaluated", Long.class))
                    .isEqualTo(2);
        }
    }

    @Test
    void the_last_generation_is_kept_for_its_time_or_until_it_is_dropped() {
        fill(10);
        try (var node = node()) {
            var replays = node.bean(Replays.class);
            awaitLive();
            assertThat(replays.dropLast(PurseSums.READER)).isFalse();
            awaitOver(node, begin(node, null));
            assertThat(lastGenerations()).isEqualTo(1);

            assertThat(replays.dropLast(PurseSums.READER)).isTrue();

            assertThat(lastGenerations()).isZero();
            assertThat(replays.rollBack(PurseSums.READER)).isFalse();
            awaitOver(node, begin(node, null));
            assertThat(lastGenerations()).isEqualTo(1);
        }
        try (var node = TestNode.on(database, PurseSums.ON, "eventstore.replay.keep-last=1s")) {
            Awaitility.await().atMost(PATIENCE).until(() -> lastGenerations() == 0);
            assertThat(node.bean(Replays.class).rollBack(PurseSums.READER)).isFalse();
            awaitLive();
        }
    }

    private int lastGenerations() {
        return owner.queryForObject("""
                SELECT count(*) FROM pg_tables WHERE schemaname = 'last_generation'""", Integer.class);
    }

    @Test
    void the_rows_in_the_sandbox_are_shown_by_page_and_by_key() {
        fill(10);
        try (var node = node()) {
            awaitLive();
            var replays = node.bean(Replays.class);
            var over = awaitOver(node, begin(node, 9L));

            var first = replays.sandbox(over, null, List.of(), 7).orElseThrow();
            var second = replays.sandbox(over, null, first.next(), 7).orElseThrow();

            assertThat(first.rows()).hasSize(7).first().isEqualTo("{\"purse\": \"p1\", \"amount\": 5}");
            assertThat(replays.sandbox(over, null, first.next(), 3).orElseThrow())
                    .isEqualTo(second);
            assertThat(second.next()).isEmpty();
            assertThat(second.rows()).hasSize(3).last().isEqualTo("{\"purse\": \"p9\", \"amount\": 5}");
            assertThat(replays.sandbox(over, "p3", List.of(), 7).orElseThrow().rows())
                    .containsExactly("{\"purse\": \"p3\", \"amount\": 5}");
            assertThatThrownBy(() -> replays.sandbox(over, null, List.of("p1", "p2"), 7))
                    .isInstanceOf(IllegalArgumentException.class);
            awaitOver(node, begin(node, 3L));
            assertThat(replays.sandbox(over, null, List.of(), 7)).isEmpty();
        }
    }

    @Test
    void the_rows_from_before_a_replay_can_be_had_back_up_to_date() {
        fill(10);
        try (var node = node()) {
            var replays = node.bean(Replays.class);
            awaitLive();
            assertThat(replays.rollBack(PurseSums.READER)).isFalse();
            awaitOver(node, begin(node, null));
            owner.update("UPDATE purse_sum SET amount = 0");
            node.sendAndWait(new Purse.PutIn("p1", 7));
            node.sendAndWait(new Purse.PutIn("new", 7));

            assertThat(replays.rollBack(PurseSums.READER)).isTrue();

            awaitLive();
            assertThat(replays.generation(PurseSums.READER)).isEqualTo(1);
            node.sendAndWait(new Purse.PutIn("p2", 7));
            awaitLive();
            assertThat(replays.rollBack(PurseSums.READER)).isTrue();
            assertThat(replays.generation(PurseSums.READER)).isEqualTo(2);
            assertThat(awaitOver(node, begin(node, null)).state()).isEqualTo(State.SWAPPED);
            assertThat(replays.generation(PurseSums.READER)).isEqualTo(3);
            awaitLive();
        }
    }

    @Test
    void only_one_of_a_projection_is_under_way_until_it_is_cancelled() {
        fill(PURSES);
        try (var node = node()) {
            var replays = node.bean(Replays.class);
            var first = begin(node, null);
            assertThat(replays.ask(first, State.PAUSED)).isTrue();
            assertThat(replays.begin(PurseSums.READER, null)).isEmpty();

            assertThat(replays.ask(first, State.CANCELLED)).isTrue();

            assertThat(awaitOver(node, first).state()).isEqualTo(State.CANCELLED);
            assertThat(replays.ask(first, State.RUNNING)).isFalse();
            assertThat(awaitOver(node, begin(node, null)).state()).isEqualTo(State.SWAPPED);
        }
    }

    @Test
    void a_paused_one_stands_still_and_is_taken_over_by_another_node_when_its_own_is_gone() {
        fill(PURSES);
        Replay replay;
        try (var node = node()) {
            awaitLive();
            replay = begin(node, null);
            node.bean(Replays.class).ask(replay, State.PAUSED);
            assertThat(find(node, replay).state()).isEqualTo(State.PAUSED);
        }
        owner.update("UPDATE event_log.replay SET signed_at = now() - interval '1 minute'");
        try (var node = node()) {
            Awaitility.await().atMost(PATIENCE).until(() -> find(node, replay).position() > -1);
            assertThat(find(node, replay).state()).isEqualTo(State.PAUSED);
            node.sendAndWait(new Purse.PutIn("p3", 1));

            node.bean(Replays.class).ask(replay, State.RUNNING);

            assertThat(awaitOver(node, replay).state()).isEqualTo(State.SWAPPED);
            awaitLive();
        }
    }

    @Test
    void a_projection_that_is_far_behind_goes_on_from_the_position_of_its_new_rows() {
        fill(PURSES);
        owner.update("""
                INSERT INTO event_log.token (processor_name, segment, token, token_type, timestamp, owner)
                VALUES (?, 0, ?, 'org.axonframework.eventhandling.GlobalSequenceTrackingToken', '2020-01-01T00:00:00Z', NULL)""", PurseSums.READER, "{\"globalIndex\":-1}".getBytes());
        owner.update("""
                INSERT INTO event_log.replay (replay_id, projection, state, position, target, events_per_second, started_at, node, signed_at)
                VALUES (?, ?, 'RUNNING', -1, 0, 0, now(), 'gone', now() - interval '1 minute')""", UUID.randomUUID(), PurseSums.READER);
        try (var node = node()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> node.bean(Replays.class).generation(PurseSums.READER) == 2);
            node.sendAndWait(new Purse.PutIn("p3", 1));
            awaitLive();
        }
    }

    @Test
    void a_projection_that_is_new_on_a_long_log_is_built_by_a_replay() {
        fill(PURSES);
        try (var node = TestNode.on(database, PurseSums.ON)) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> node.bean(Replays.class).generation(PurseSums.READER) == 2);
            node.sendAndWait(new Purse.PutIn("p3", 1));
            awaitLive();
        }
        try (var node = TestNode.on(database, PurseSums.ON)) {
            assertThat(owner.queryForObject("SELECT count(*) FROM event_log.replay", Long.class))
                    .isEqualTo(1);
        }
    }

    @Test
    void one_on_a_short_log_is_built_by_its_reader() {
        fill(10);
        try (var node = TestNode.on(database, PurseSums.ON)) {
            awaitLive();
            assertThat(owner.queryForObject("SELECT count(*) FROM event_log.replay", Long.class))
                    .isZero();
        }
    }

    @Test
    void rows_of_another_version_are_built_anew_by_one_of_the_nodes_and_serve_until_then() {
        fill(10);
        try (var node = node()) {
            awaitLive();
        }
        try (var first = TestNode.on(database, PurseSums.ON, PurseSums.VERSION + 2);
                var second = TestNode.on(database, PurseSums.ON, PurseSums.VERSION + 2)) {
            awaitHalves();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> second.bean(Replays.class).generation(PurseSums.READER) == 2);
            assertThat(owner.queryForObject(
                            "SELECT amount FROM last_generation.purse_sum WHERE purse = 'p1'", Long.class))
                    .isEqualTo(3);
            first.sendAndWait(new Purse.PutIn("p1", 7));
            awaitHalves();
            assertThat(first.bean(Replays.class).latest())
                    .singleElement()
                    .satisfies(replay -> assertThat(replay.comparison()).isNull());
        }
        assertThat(replaysByVersion()).containsExactly(2);
    }

    @Test
    void a_node_of_the_older_version_leaves_the_rows_of_the_newer_alone_while_one_follows_them() {
        fill(10);
        try (var old = node()) {
            awaitLive();
            try (var newer = TestNode.on(database, PurseSums.ON, PurseSums.VERSION + 2)) {
                awaitHalves();
                old.sendAndWait(new Purse.PutIn("p1", 7));
                awaitHalves();
            }
            try (var newer = TestNode.on(database, PurseSums.ON, PurseSums.VERSION + 2)) {
                awaitHalves();
            }
        }
        assertThat(replaysByVersion()).startsWith(2);
    }

    @Test
    void going_back_to_the_older_version_builds_its_rows_once() {
        fill(10);
        try (var node = node()) {
            awaitLive();
        }
        try (var newer = TestNode.on(database, PurseSums.ON, PurseSums.VERSION + 2)) {
            awaitHalves();
        }
        for (int start = 0; start < 2; start++) {
            try (var node = node()) {
                node.sendAndWait(new Purse.PutIn("p1", 7));
                awaitLive();
            }
        }
        assertThat(replaysByVersion()).containsExactly(2, 1);
    }

    @Test
    void the_last_generation_is_had_back_by_a_node_of_its_version_alone() {
        fill(10);
        try (var old = node()) {
            awaitLive();
            try (var newer = TestNode.on(database, PurseSums.ON, PurseSums.VERSION + 2)) {
                awaitHalves();
                assertThatThrownBy(() -> newer.bean(Replays.class).rollBack(PurseSums.READER))
                        .isInstanceOf(OtherVersion.class);
                assertThat(old.bean(Replays.class).rollBack(PurseSums.READER)).isTrue();
                newer.sendAndWait(new Purse.PutIn("p1", 7));
                awaitLive();
            }
        }
    }

    private List<Integer> replaysByVersion() {
        return owner.queryForList("SELECT version FROM event_log.replay ORDER BY started_at", Integer.class);
    }

    private void awaitHalves() {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(wrongRows(
                                "(SELECT purse, CASE amount % 2 WHEN 0 THEN amount / 2 END AS amount FROM purse_sum)"))
                        .isZero());
    }
}
