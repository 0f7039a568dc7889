package orderplatform.eventstore.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Purse;
import orderplatform.eventstore.TestNode;
import orderplatform.eventstore.audit.LogCheck;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

class LaneCommandBusTest {

    private final Database database = Database.create();

    @Test
    void commands_that_wait_together_share_commits() {
        try (var node = TestNode.on(database)) {
            var answers = putInMany(node, 500);
            assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(Duration.ofSeconds(20)));
        }
        assertThat(LogCheck.sound(database.owner())).isEqualTo(500);
        assertThat(new JdbcTemplate(database.owner())
                        .queryForObject("SELECT count(*) FROM event_log.batch", Long.class))
                .isLessThan(250);
    }

    private static List<CompletableFuture<Purse.Sum>> putInMany(TestNode node, int commands) {
        return IntStream.range(0, commands)
                .mapToObj(i -> node.<Purse.Sum>send(new Purse.PutIn("purse-" + i % 10, 1)))
                .toList();
    }

    @Test
    void a_command_is_answered_with_the_state_that_its_own_batch_made() throws Exception {
        try (var node = TestNode.on(database)) {
            var answers = putInMany(node, 100);
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(new Purse.Sum(i / 10 + 1, i / 10));
            }
        }
    }

    @Test
    void a_poison_command_fails_alone_and_leaves_nothing() throws Exception {
        try (var node = TestNode.on(database)) {
            node.sendAndWait(new Purse.PutIn("purse", 1));
            var before = node.<Purse.Sum>send(new Purse.PutIn("purse", 1));
            var poison = node.send(new Purse.Poison("purse"));
            var after = node.<Purse.Sum>send(new Purse.PutIn("purse", 1));
            assertThat(before.get().amount()).isEqualTo(2);
            assertThatThrownBy(poison::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("poison");
            assertThat(after.get().amount()).isEqualTo(3);
        }
        assertThat(LogCheck.sound(database.owner())).isEqualTo(3);
    }

    @Test
    void an_error_of_the_jvm_fails_its_command_alone_and_the_lane_goes_on() {
        try (var node = TestNode.on(database)) {
            node.sendAndWait(new Purse.PutIn("purse", 1));
            var before = node.<Purse.Sum>send(new Purse.PutIn("purse", 1));
            var scribble = node.send(new Purse.Scribble("purse"));
            var after = node.<Purse.Sum>send(new Purse.PutIn("purse", 1));
            assertThat(before).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(new Purse.Sum(2, 1));
            assertThat(scribble).failsWithin(Duration.ofSeconds(20));
            assertThat(after).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(new Purse.Sum(3, 2));
        }
        assertThat(LogCheck.sound(database.owner())).isEqualTo(3);
    }

    @Test
    void a_command_of_a_command_handler_is_part_of_the_same_transaction() {
        try (var node = TestNode.on(database)) {
            node.sendAndWait(new Purse.PutIn("mine", 10));
            node.sendAndWait(new Purse.Give("mine", "yours", 4));
            assertThat(node.<Purse.Sum>sendAndWait(new Purse.Look("mine")).amount())
                    .isEqualTo(6);
            assertThat(node.<Purse.Sum>sendAndWait(new Purse.Look("yours")).amount())
                    .isEqualTo(4);
        }
        assertThat(new JdbcTemplate(database.owner())
                        .queryForObject("SELECT count(*) FROM event_log.batch", Long.class))
                .isEqualTo(2);
    }

    @Test
    void a_command_of_a_command_handler_that_fails_leaves_nothing_and_its_aggregate_is_as_it_was_before() {
        try (var node = TestNode.on(database)) {
            node.sendAndWait(new Purse.PutIn("mine", 10));
            node.sendAndWait(new Purse.PutIn("yours", 1));
            assertThat(node.<Purse.Sum>sendAndWait(new Purse.Risk("mine", "yours", 4)))
                    .isEqualTo(new Purse.Sum(6, 1));
            assertThat(node.<Purse.Sum>sendAndWait(new Purse.PutIn("yours", 1))).isEqualTo(new Purse.Sum(2, 1));
        }
        assertThat(LogCheck.sound(database.owner())).isEqualTo(4);
    }

    @Test
    void one_more_than_may_wait_is_refused_and_has_no_effect() throws Exception {
        try (var node = TestNode.on(database, "eventstore.lanes.queue=5")) {
            var answers = putInMany(node, 2_000);
            var refused = 0;
            for (var answer : answers) {
                try {
                    answer.get();
                } catch (ExecutionException full) {
                    assertThat(full.getCause()).isInstanceOf(LaneFull.class);
                    refused++;
                }
            }
            assertThat(refused).isPositive();
            assertThat(LogCheck.sound(database.owner())).isEqualTo(answers.size() - refused);
        }
    }

    @Test
    void a_node_that_stops_answers_everything_that_it_took() {
        List<CompletableFuture<Purse.Sum>> answers;
        try (var node = TestNode.on(database)) {
            answers = putInMany(node, 1_000);
        }
        assertThat(answers).allMatch(CompletableFuture::isDone);
        var taken = answers.stream()
                .filter(answer -> !answer.isCompletedExceptionally())
                .count();
        assertThat(LogCheck.sound(database.owner())).isEqualTo(taken);
    }

    @Test
    void what_is_answered_from_memory_is_not_out_of_date() {
        try (var one = TestNode.on(database);
                var other = TestNode.on(database)) {
            one.sendAndWait(new Purse.PutIn("purse", 1));
            for (int i = 2; i <= 20; i++) {
                other.sendAndWait(new Purse.PutIn("purse", 1));
                assertThat(one.<Purse.Sum>sendAndWait(new Purse.Look("purse"))).isEqualTo(new Purse.Sum(i, i - 1));
            }
        }
    }

    @Test
    void nor_is_it_where_the_only_event_of_its_batch_comes_to_nothing() throws Exception {
        try (var one = TestNode.on(database);
                var other = TestNode.on(database)) {
            one.sendAndWait(new Purse.PutIn("purse", 1));
            one.sendAndWait(new Purse.PutIn("poisoned", 1));
            for (int i = 2; i <= 20; i++) {
                other.sendAndWait(new Purse.PutIn("purse", 1));
                // The first keeps the lane busy, so that the others wait together.
                one.send(new Purse.PutIn("busy", 1));
                var poison = one.send(new Purse.Poison("poisoned"));
                var look = one.<Purse.Sum>send(new Purse.Look("purse"));
                assertThat(look.get()).isEqualTo(new Purse.Sum(i, i - 1));
                assertThat(poison).failsWithin(Duration.ofSeconds(5));
            }
        }
    }
}
