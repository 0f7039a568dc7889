package orderplatform.app.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import orderplatform.api.RecordedEvent;
import orderplatform.query.log.EventLog;
import orderplatform.query.projections.ProjectionPosition;
import orderplatform.query.projections.ProjectionPositions;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FulfilmentBacklogTest {

    private static final long HEAD = 100;

    private long head = HEAD;
    private String state = "RUNNING";
    private boolean unreachable;

    private final FulfilmentBacklog backlog = new FulfilmentBacklog(new Positions(), new Log());

    private final class Positions implements ProjectionPositions {

        @Override
        public List<ProjectionPosition> all() {
            if (unreachable) {
                throw new IllegalStateException("no database");
            }
            return List.of(
                    new ProjectionPosition("orders", "RUNNING", 10), new ProjectionPosition("fulfilment", state, 70));
        }

        @Override
        public boolean hasPassed(String projection, long position) {
            throw new UnsupportedOperationException();
        }
    }

    private final class Log implements EventLog {

        @Override
        public List<RecordedEvent> ofStock(Set<String> correlationIds, Set<String> streams, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long head() {
            return head;
        }

        @Override
        public List<RecordedEvent> read(long after, int limit, @Nullable String type, @Nullable String stream) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void it_is_what_fulfilment_has_before_it() {
        assertThat(backlog.events()).isEqualTo(30);
    }

    @Test
    void it_is_looked_up_again_after_a_while_and_not_at_once() {
        assertThat(backlog.events()).isEqualTo(30);
        head = 200;
        assertThat(backlog.events()).isEqualTo(30);
        Awaitility.await().until(() -> backlog.events() == 130);
    }

    @Test
    void what_is_expected_counts_until_the_next_look() {
        assertThat(backlog.events()).isEqualTo(30);
        backlog.expect(10);
        assertThat(backlog.events()).isEqualTo(40);
        Awaitility.await().until(() -> backlog.events() == 30);
    }

    @Test
    void nobody_waits_for_fulfilment_that_does_not_run() {
        state = "STOPPED";
        assertThat(backlog.events()).isZero();
    }

    @Test
    void nobody_waits_because_it_is_not_known() {
        unreachable = true;
        assertThat(backlog.events()).isZero();
    }
}
