package orderplatform.eventstore.reader;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import orderplatform.eventstore.log.UnknownEventType;
import orderplatform.eventstore.parking.Parking;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * Ends in front of an event whose type no class knows, if its reader needs it; the reader fails when it asks on. After
 * a failure it looks ended after each event, so that each is a batch of its own.
 */
final class KnownEvents implements BlockingStream<TrackedEventMessage<?>> {

    private final BlockingStream<TrackedEventMessage<?>> events;
    private final Predicate<String> needed;
    private final @Nullable Parking parking;
    private @Nullable TrackedEventMessage<?> last;

    KnownEvents(BlockingStream<TrackedEventMessage<?>> events, Predicate<String> needed, @Nullable Parking parking) {
        this.events = events;
        this.needed = needed;
        this.parking = parking;
    }

    private boolean isInTheWay(TrackedEventMessage<?> event) {
        return UnknownEventType.of(event)
                .filter(type -> needed.test(type.getName()))
                .isPresent();
    }

    /** Empty also in front of an unknown event, so that the batch before it is done. */
    @Override
    public Optional<TrackedEventMessage<?>> peek() {
        return isolates() ? Optional.empty() : events.peek().filter(event -> !isInTheWay(event));
    }

    private boolean isolates() {
        return parking != null && last != null && parking.isolates(last);
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
        last = next;
        return next;
    }

    @Override
    public void close() {
        events.close();
    }
}
