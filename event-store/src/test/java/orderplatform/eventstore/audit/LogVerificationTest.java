package orderplatform.eventstore.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Purse;
import orderplatform.eventstore.TestNode;
import orderplatform.eventstore.audit.LogVerdict.Broken;
import orderplatform.eventstore.log.EventDigest;
import orderplatform.eventstore.log.LogTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Each test is somebody who can write to the tables. */
class LogVerificationTest {

    private static final int EVENTS = 60;
    private static final long LAST = EVENTS - 1;

    private final Database database = Database.create();
    private final JdbcTemplate owner = new JdbcTemplate(database.owner());
    private final LogVerification verification = new LogVerification(database.application());

    @BeforeEach
    void writeBatches() {
        try (var node = TestNode.on(database)) {
            for (int i = 0; i < EVENTS; i += 4) {
                int from = i;
                CompletableFuture.allOf(IntStream.range(from, from + 4)
                                .mapToObj(each -> node.send(new Purse.PutIn("purse-" + each % 7, each)))
                                .toArray(CompletableFuture[]::new))
                        .join();
            }
        }
    }

    private void tamper(String... statements) {
        owner.execute("SET session_replication_role = replica; " + String.join("; ", statements));
    }

    private LogVerdict verdict() {
        return verification.verify(0, Long.MAX_VALUE, position -> {});
    }

    private long firstOfBatch(long position) {
        return owner.queryForObject(
                "SELECT first_position FROM event_log.batch WHERE ? BETWEEN first_position AND last_position",
                Long.class,
                position);
    }

    private long lastOfBatch(long position) {
        return owner.queryForObject(
                "SELECT last_position FROM event_log.batch WHERE ? BETWEEN first_position AND last_position",
                Long.class,
                position);
    }

    private void assertBrokenAt(long position, String what) {
        var verdict = verdict();
        assertThat(verdict.verified()).isFalse();
        assertThat(verdict.firstBroken()).isNotNull();
        assertThat(verdict.firstBroken().position()).isEqualTo(position);
        assertThat(verdict.firstBroken().what()).contains(what);
    }

    @Test
    void a_log_that_nobody_touched_is_whole_and_so_is_each_part_of_it() {
        var batches = owner.queryForObject("SELECT count(*) FROM event_log.batch", Long.class);
        var progress = new ArrayList<Long>();

        assertThat(verification.verify(0, Long.MAX_VALUE, progress::add))
                .isEqualTo(new LogVerdict(true, EVENTS, batches, LAST, null));
        assertThat(progress).containsExactly(LAST);
        for (long position = 0; position < EVENTS; position++) {
            var events = lastOfBatch(position) - firstOfBatch(position) + 1;
            assertThat(verification.verify(position, position, ignored -> {}))
                    .isEqualTo(new LogVerdict(true, events, 1, LAST, null));
        }
    }

    @Test
    void an_empty_log_is_whole() {
        assertThat(new LogVerification(Database.create().application()).verify(0, Long.MAX_VALUE, position -> {}))
                .isEqualTo(new LogVerdict(true, 0, 0, -1, null));
    }

    @Test
    void a_flipped_byte_is_found_in_its_batch() {
        for (String column : new String[] {"payload", "metadata"}) {
            tamper(
                    "UPDATE event_log.event SET %1$s = overlay(%1$s::text placing ' ' from 2 for 0)::json WHERE position = 31"
                            .formatted(column));
            assertBrokenAt(firstOfBatch(31), "up to %d, that is not as it was written".formatted(lastOfBatch(31)));
        }
    }

    @Test
    void what_is_not_the_payload_counts_too() {
        tamper("UPDATE event_log.event SET recorded_at = recorded_at + interval '1 microsecond' WHERE position = 7");
        assertBrokenAt(firstOfBatch(7), "not as it was written");
    }

    @Test
    void a_deleted_event_is_named() {
        tamper("DELETE FROM event_log.event WHERE position = 31");
        assertBrokenAt(31, "is missing");
        assertThat(verification
                        .verify(lastOfBatch(31) + 1, LAST, position -> {})
                        .verified())
                .isTrue();
    }

    @Test
    void a_deleted_batch_is_named_with_or_without_its_events() {
        long first = firstOfBatch(31);
        tamper("DELETE FROM event_log.batch WHERE first_position = " + first);
        assertBrokenAt(first, "begins no batch");
        tamper("DELETE FROM event_log.event WHERE position >= %d AND position < %d".formatted(first, nextBatch(first)));
        assertBrokenAt(first, "begins no batch");
    }

    private long nextBatch(long position) {
        return owner.queryForObject(
                "SELECT min(first_position) FROM event_log.batch WHERE first_position > ?", Long.class, position);
    }

    @Test
    void a_deleted_end_is_named_by_where_it_began() {
        long first = firstOfBatch(50);
        tamper(
                "DELETE FROM event_log.event WHERE position >= " + first,
                "DELETE FROM event_log.batch WHERE first_position >= " + first);
        assertBrokenAt(first, "is missing with all behind it, up to " + LAST);
    }

    @Test
    void events_that_changed_places_are_found() {
        tamper(
                "UPDATE event_log.event SET position = -31 WHERE position = 31",
                "UPDATE event_log.event SET position = 31 WHERE position = 40",
                "UPDATE event_log.event SET position = 40 WHERE position = -31");
        assertBrokenAt(firstOfBatch(31), "not as it was written");
    }

    @Test
    void a_batch_with_a_hash_of_its_new_events_is_given_away_by_the_next_one() {
        rewrite(31);
        assertBrokenAt(lastOfBatch(31) + 1, "does not follow from the one before it");
    }

    @Test
    void the_last_batch_is_given_away_by_the_tail() {
        rewrite(LAST);
        assertBrokenAt(LAST, "another batch than the one that the log's tail names");
    }

    /** As somebody who knows how the hashes are made. */
    private void rewrite(long position) {
        tamper(
                "UPDATE event_log.event SET payload = overlay(payload::text placing ' ' from 2 for 0)::json WHERE position = "
                        + position);
        long first = firstOfBatch(position);
        long last = lastOfBatch(position);
        var events = new LogTable(owner, "forger").after(first - 1, (int) (last - first + 1));
        var previous = owner.queryForObject(
                "SELECT previous_hash FROM event_log.batch WHERE first_position = ?", byte[].class, first);
        var forged = HashChain.next(previous, first, last, EventDigest.of(events));
        tamper("UPDATE event_log.batch SET hash = '\\x%s' WHERE first_position = %d"
                .formatted(java.util.HexFormat.of().formatHex(forged), first));
    }

    @Test
    void nothing_is_verified_behind_the_first_break() {
        tamper("DELETE FROM event_log.event WHERE position IN (20, 40)");
        assertThat(verdict()).satisfies(verdict -> {
            assertThat(verdict.firstBroken()).isEqualTo(new Broken(20, "is missing"));
            assertThat(verdict.events()).isEqualTo(20);
            assertThat(verdict.head()).isEqualTo(LAST);
        });
    }
}
