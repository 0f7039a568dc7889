package orderplatform.eventstore.replay;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongConsumer;
import orderplatform.eventstore.bulk.LogRanges;
import orderplatform.eventstore.bulk.UnreadableEvent;
import orderplatform.eventstore.log.UnknownEventType;
import orderplatform.eventstore.projection.Generation;
import orderplatform.eventstore.projection.Projection;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/**
 * Has a generation handle the log. Stretches of it are read ahead by several threads, because to read events costs many
 * times what it costs to handle them; they are handled by one, in the order of their positions, so that a projection needs
 * no key by which it could be divided.
 */
final class Fold implements AutoCloseable {

    /** Positions. */
    static final int STRETCH = 5_000;

    private final LogRanges log;
    private final List<String> types;
    private final Handlers handlers;
    private final Generation<?> generation;
    private final int ahead;
    private final ExecutorService readers;

    Fold(Projection projection, Generation<?> generation, Means means) {
        int threads = means.settings().threads();
        this.log = means.log();
        this.types = projection.eventTypes();
        this.handlers = means.handlersOf(projection);
        this.generation = generation;
        this.ahead = threads + 1;
        this.readers = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().name("replay-reader-", 0).factory());
    }

    /**
     * Handles the events after a position, up to and including another.
     *
     * @param told of the position that is reached after each stretch; has the generation trimmed
     * @return the position that is reached
     * @throws ReplayFailed at the first event that can't be handled
     * @throws CancellationException if the thread is interrupted
     */
    long run(long after, long upTo, LongConsumer told) {
        var stretches = new ArrayDeque<Future<List<TrackedEventMessage<?>>>>();
        long asked = after;
        long reached = after;
        while (reached < upTo) {
            while (stretches.size() < ahead && asked < upTo) {
                long from = asked;
                long to = Math.min(from + STRETCH, upTo);
                stretches.add(readers.submit(() -> log.read(from, to, types)));
                asked = to;
            }
            handle(read(stretches.remove()));
            reached = Math.min(reached + STRETCH, upTo);
            told.accept(reached);
        }
        return reached;
    }

    private static List<TrackedEventMessage<?>> read(Future<List<TrackedEventMessage<?>>> stretch) {
        try {
            return stretch.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CancellationException("this node stops");
        } catch (ExecutionException failed) {
            var cause = Objects.requireNonNull(failed.getCause());
            if (cause instanceof UnreadableEvent unreadable) {
                throw new ReplayFailed(unreadable.position(), unreadable.type(), unreadable);
            }
            throw cause instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(cause);
        }
    }

    private void handle(List<TrackedEventMessage<?>> events) {
        generation.expect(events);
        generation.during(() -> events.forEach(this::handle));
    }

    private void handle(TrackedEventMessage<?> event) {
        try {
            UnknownEventType.refuse(event);
            handlers.handle(event);
        } catch (Exception failure) {
            throw new ReplayFailed(event.trackingToken().position().orElseThrow(), nameOf(event), failure);
        }
    }

    private static String nameOf(EventMessage<?> event) {
        return UnknownEventType.of(event)
                .map(type -> type.getName())
                .orElse(event.getPayloadType().getSimpleName());
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
