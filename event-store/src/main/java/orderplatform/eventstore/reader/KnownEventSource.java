package orderplatform.eventstore.reader;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import orderplatform.eventstore.parking.Parking;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/** The log as {@link KnownEvents}. */
record KnownEventSource(
        StreamableMessageSource<TrackedEventMessage<?>> log,
        Predicate<String> needed,
        @Nullable Parking parking) implements StreamableMessageSource<TrackedEventMessage<?>> {

    @Override
    public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken after) {
        if (parking != null) {
            parking.opened();
        }
        return new KnownEvents(log.openStream(after), needed, parking);
    }

    @Override
    public TrackingToken createTailToken() {
        return log.createTailToken();
    }

    @Override
    public TrackingToken createHeadToken() {
        return log.createHeadToken();
    }

    @Override
    public TrackingToken createTokenAt(Instant time) {
        return log.createTokenAt(time);
    }

    @Override
    public TrackingToken createTokenSince(Duration duration) {
        return log.createTokenSince(duration);
    }
}
