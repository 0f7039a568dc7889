package orderplatform.eventstore.parking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Purse;
import orderplatform.eventstore.PurseSums;
import orderplatform.eventstore.TestNode;
import org.awaitility.Awaitility;
import org.axonframework.config.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;

/** A projection whose table refuses one row: what is written at the end of a batch fails the whole batch. */
class ParkingTest {

    private static final int POISONED_AT_ONCE = 80;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int PURSES = 50;
    private static final String POISONED = "purse-7";

    private final Database database = Database.create();
    private final JdbcTemplate owner = new JdbcTemplate(database.owner());
    private final TestNode node = TestNode.on(database, PurseSums.ON);
    private final ParkingTables tables = node.bean(ParkingTables.class);
    private final ParkedEvents parkedEvents = node.bean(ParkedEvents.class);

    @AfterEach
    void stop() {
        node.close();
    }

    private void poison() {
        owner.execute(
                "ALTER TABLE purse_sum ADD CONSTRAINT poison CHECK (purse <> '%s' OR amount = 1)".formatted(POISONED));
    }

    private void mend() {
        owner.execute("ALTER TABLE purse_sum DROP CONSTRAINT poison");
    }

    private void putIntoEach(int amount) {
        CompletableFuture.allOf(IntStream.range(0, PURSES)
                        .mapToObj(i -> node.send(new Purse.PutIn("purse-" + i, amount)))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private long sum(String purse) {
        return owner.queryForList("SELECT amount FROM purse_sum WHERE purse = ?", Long.class, purse).stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private void awaitSums(long others, long poisoned) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(IntStream.range(0, PURSES).mapToObj(i -> "purse-" + i))
                        .allSatisfy(
                                purse -> assertThat(sum(purse)).isEqualTo(purse.equals(POISONED) ? poisoned : others)));
    }

    private List<Parked> parked() {
        return tables.pageWithout(List.of(), Instant.EPOCH, new UUID(0, 0), 10);
    }

    private Parked awaitParked(long waiting) {
        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> !parked().isEmpty() && parked().getFirst().waiting() == waiting);
        assertThat(parked()).hasSize(1);
        return parked().getFirst();
    }

    /** With a second of pause before each try, so many would hold up the others for longer than is waited here. */
    @Test
    void what_fails_for_a_reason_of_its_own_holds_up_no_other_for_long() {
        putIntoEach(1);
        awaitSums(1, 1);
        owner.execute("ALTER TABLE purse_sum ADD CONSTRAINT poison CHECK (purse NOT LIKE 'poisoned-%')");
        CompletableFuture.allOf(IntStream.range(0, POISONED_AT_ONCE)
                        .mapToObj(i -> node.send(new Purse.PutIn("poisoned-" + i, 1)))
                        .toArray(CompletableFuture[]::new))
                .join();
        putIntoEach(1);
        awaitSums(2, 2);
    }

    @Test
    void an_event_that_keeps_failing_is_parked_and_only_its_sequence_waits() {
        putIntoEach(1);
        awaitSums(1, 1);
        poison();
        putIntoEach(10);
        var parked = awaitParked(1);
        assertThat(parked.sequence()).isEqualTo(POISONED);
        assertThat(parked.processor()).isEqualTo(PurseSums.READER);
        assertThat(parked.attempts()).isEqualTo(PurseSums.ATTEMPTS);
        assertThat(parked.cause()).contains("violates check constraint \"poison\"");
        putIntoEach(100);
        awaitParked(2);
        awaitSums(111, 1);
    }

    @Test
    void what_waits_is_handled_in_order_when_the_cause_is_gone() {
        poison();
        putIntoEach(10);
        putIntoEach(100);
        var parked = awaitParked(2);
        var again = parkedEvents.retry(parked.id()).orElseThrow();
        assertThat(again.attempts()).isEqualTo(parked.attempts() + 1);
        assertThat(sum(POISONED)).isZero();
        mend();
        assertThat(parkedEvents.retry(parked.id())).isEmpty();
        awaitSums(110, 110);
        putIntoEach(1_000);
        awaitSums(1_110, 1_110);
        assertThat(parked()).isEmpty();
    }

    @Test
    void a_skipped_event_has_no_effect_and_those_behind_it_have() {
        poison();
        putIntoEach(10);
        var parked = awaitParked(1);
        putIntoEach(1);
        awaitParked(2);
        assertThat(parkedEvents.skip(parked.id(), "counted by hand")).isEmpty();
        awaitSums(11, 1);
    }

    @Test
    void a_node_that_may_not_follow_the_log_for_a_projection_leaves_what_it_parked_to_others() {
        poison();
        putIntoEach(10);
        var parked = awaitParked(1);
        mend();
        var elsewhere = new ParkedEvents(
                tables, node.bean(Configuration.class), reader -> false, node.bean(PlatformTransactionManager.class));
        assertThatThrownBy(() -> elsewhere.retry(parked.id())).isInstanceOf(ParkedEvents.NotHere.class);
        assertThatThrownBy(() -> elsewhere.skip(parked.id(), "counted by hand"))
                .isInstanceOf(ParkedEvents.NotHere.class);
        assertThat(sum(POISONED)).isZero();
        assertThat(parked().getFirst().waiting()).isEqualTo(1);
    }

    @Test
    void what_is_parked_waits_across_a_restart() {
        poison();
        putIntoEach(10);
        awaitParked(1);
        node.close();
        try (var next = TestNode.on(database, PurseSums.ON)) {
            next.sendAndWait(new Purse.PutIn(POISONED, 1));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> next.bean(ParkingTables.class)
                                    .pageWithout(List.of(), Instant.EPOCH, new UUID(0, 0), 10)
                                    .getFirst()
                                    .waiting()
                            == 2);
            assertThat(sum(POISONED)).isZero();
        }
    }
}
