package orderplatform.app.faults.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows that a replay makes, and what others hear of it. */
class ReplaysTest {

    private final Verdict verdict = new Verdict();

    private List<String> found() {
        return verdict.violations().stream().map(Verdict.Violation::toString).toList();
    }

    @Test
    void finds_nothing_wrong_where_all_is_as_before() {
        Replays.compareRows("stock_view", List.of("(a)", "(b)"), List.of("(a)", "(b)"), verdict);
        Replays.compareHeard(Map.of("mails", 3L), Map.of("mails", 3L), verdict);
        assertThat(found()).isEmpty();
        assertThat(verdict.checked()).containsEntry(7, 2L).containsEntry(11, 1L);
    }

    @Test
    void I7_a_row_that_is_another() {
        Replays.compareRows("stock_view", List.of("(a)", "(b)"), List.of("(a)", "(c)"), verdict);
        assertThat(found())
                .containsExactly(
                        "I7: stock_view, replayed, has the row (c)", "I7: stock_view, replayed, lacks the row (b)");
    }

    @Test
    void I11_a_mail_that_a_replay_sent() {
        Replays.compareHeard(Map.of("mails", 3L), Map.of("mails", 4L), verdict);
        assertThat(found()).containsExactly("I11: mails: 3 before the replays, 4 after them");
    }
}
