package orderplatform.app.operations;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.eventstore.replay.Replay;
import org.springframework.context.annotation.Profile;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells the watchers of a replay how far it is, as server-sent events, until it is over. All watchers of a replay share
 * the looks at it, so that one more costs a connection and nothing else.
 */
@Profile("!baseline")
@Component
class ReplayWatchers {

    private static final int MAX_WATCHERS = 1_000;
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final Duration MAX_WATCH = Duration.ofHours(6);

    private final Semaphore places = new Semaphore(MAX_WATCHERS);
    private final Cache<UUID, Replay> looks = Caffeine.newBuilder()
            .expireAfterWrite(POLL_INTERVAL)
            .maximumSize(MAX_WATCHERS)
            .build();

    /** @throws Problem 503 if too many are watching */
    SseEmitter watch(UUID id, Supplier<Replay> replay) {
        if (!places.tryAcquire()) {
            throw Problem.of(ProblemType.BUSY, "This node tells no more than %d watchers.".formatted(MAX_WATCHERS))
                    .retryAfter(POLL_INTERVAL);
        }
        var watcher = new SseEmitter(MAX_WATCH.toMillis());
        Thread.ofVirtual().name("replay-watcher").start(() -> {
            try {
                tell(watcher, () -> looks.get(id, key -> replay.get()));
            } finally {
                places.release();
            }
        });
        return watcher;
    }

    private static void tell(SseEmitter watcher, Supplier<Replay> replay) {
        try {
            var now = replay.get();
            send(watcher, now);
            while (!now.isOver()) {
                Thread.sleep(POLL_INTERVAL);
                now = replay.get();
                send(watcher, now);
            }
            watcher.complete();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException failed) {
            watcher.completeWithError(failed);
        }
    }

    private static void send(SseEmitter watcher, Replay replay) throws IOException {
        watcher.send(SseEmitter.event().name("progress").data(ReplayView.of(replay), MediaType.APPLICATION_JSON));
    }
}
