package orderplatform.app.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each ledger is a node's own; the books are one. */
class LedgerTableTest {

    private static final int AT_ONCE = 8;

    private static EmbeddedPostgres postgres;
    private static List<Ledger> ledgers;

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        ledgers = atOnce(i -> Ledger.inDatabase(postgres.getPostgresDatabase()));
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    private interface Numbered<T> {
        T call(int number) throws Exception;
    }

    private static <T> List<T> atOnce(Numbered<T> call) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<T>> calls = IntStream.range(0, AT_ONCE)
                    .<Callable<T>>mapToObj(i -> () -> call.call(i))
                    .toList();
            return threads.invokeAll(calls).stream().map(it -> it.resultNow()).toList();
        }
    }

    private static Entry.Request request(String payment, Step step, long amount) {
        return new Entry.Request(payment, step, amount, "GBP", "17850");
    }

    private static Entry approve(Ledger ledger, String payment, Step step, long amount) {
        return ledger.step(request(payment, step, amount), Entry::approved);
    }

    @Test
    void captures_at_one_node_what_another_authorised() {
        approve(ledgers.getFirst(), "p1", Step.AUTHORISE, 255);

        assertThat(ledgers.getLast().find("p1", Step.AUTHORISE)).isPresent();
        assertThat(approve(ledgers.getLast(), "p1", Step.CAPTURE, 255).status()).isEqualTo(Entry.Status.APPROVED);
        assertThat(ledgers.getFirst().totals()).contains(new Account.Totals("p1", "17850", "GBP", 255, 255, 0, 0));
    }

    @Test
    void decides_a_step_once_however_many_nodes_are_asked_at_once() throws Exception {
        var decided = atOnce(i -> ledgers.get(i).step(request("p2", Step.AUTHORISE, 100 + i), Entry::approved));

        assertThat(decided.stream().map(Entry::amount).distinct()).hasSize(1);
    }

    @Test
    void gives_back_no_more_than_was_captured_if_nodes_are_asked_at_once() throws Exception {
        approve(ledgers.getFirst(), "p3", Step.AUTHORISE, 255);
        var steps = List.of(Step.CAPTURE, Step.VOID);
        var decided = atOnce(i -> approve(ledgers.get(i), "p3", steps.get(i % 2), 255));

        assertThat(Stream.of(Step.values())
                        .flatMap(step -> ledgers.getFirst().find("p3", step).stream())
                        .filter(entry -> entry.step() != Step.AUTHORISE && entry.status() == Entry.Status.APPROVED)
                        .mapToLong(Entry::amount)
                        .sum())
                .isEqualTo(255);
        assertThat(decided).hasSize(AT_ONCE);
    }

    @Test
    void approves_a_pending_step_at_any_node_when_its_time_has_come() {
        ledgers.getFirst().step(request("p4", Step.AUTHORISE, 255), asked -> Entry.pending(asked, Instant.EPOCH));

        assertThat(ledgers.getLast().find("p4", Step.AUTHORISE).orElseThrow().status())
                .isEqualTo(Entry.Status.APPROVED);
        assertThat(approve(ledgers.getLast(), "p4", Step.CAPTURE, 255).status()).isEqualTo(Entry.Status.APPROVED);
    }
}
