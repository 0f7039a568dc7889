package orderplatform.app.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import orderplatform.eventstore.replay.Replay;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ReplayWatchersTest {

    private static final int MANY = 500;

    /** A paused replay is watched for as long as its watchers like. */
    @Test
    void many_watch_a_paused_replay_by_the_looks_of_one() {
        var looks = new AtomicInteger();
        var isOver = new AtomicBoolean();
        var watchers = new ReplayWatchers();
        var id = UUID.randomUUID();
        for (int i = 0; i < MANY; i++) {
            watchers.watch(id, () -> {
                looks.incrementAndGet();
                return replay(id, isOver.get() ? Instant.now() : null);
            });
        }
        Awaitility.await().until(() -> looks.get() >= 3);
        assertThat(looks.get()).isLessThan(MANY / 10);
        isOver.set(true);
    }

    private static Replay replay(UUID id, Instant finishedAt) {
        var state = finishedAt == null ? Replay.State.PAUSED : Replay.State.CANCELLED;
        return new Replay(id, "orders", 1, null, state, 0, 9, 0, Instant.EPOCH, finishedAt, null, null);
    }
}
