package orderplatform.eventstore.reader;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import orderplatform.eventstore.log.UnknownEventType;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Ends in front of an event whose type no class knows, where its reader needs it; the reader fails when it asks on. */
final class KnownEvents implements BlockingStream<TrackedEventMessage<?>> {

    private final BlockingStream<TrackedEventMessage<?>> events;
    private final Predicate<String> needed;

    KnownEvents(BlockingStream<TrackedEventMessage<?>> events, Predicate<String> needed) {
        this.events = events;
        this.needed = needed;
    }

    private boolean isInTheWay(TrackedEventMessage<?> event) {
        return UnknownEventType.of(event)
                .filter(type -> needed.test(type.getName()))
                .isPresent();
    }

    /** Empty also in front of an unknown event, so that the batch before it is done. */
    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return events.peek().filter(event -> !isInTheWay(event));
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
        return events.hasNextAvailable(timeout, unit);
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
        var next = events.nextAvailable();
        if (isInTheWay(next)) {
            UnknownEventType.refuse(next);
        }
        return next;
    }

    @Override
    public void close() {
        events.close();
    }
}
