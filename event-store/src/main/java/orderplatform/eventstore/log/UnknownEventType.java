package orderplatform.eventstore.log;

import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.UnknownSerializedType;

/**
 * The log has an event of a type that no class of this node knows, as after a newer version ran here. What has to be
 * built from it can't be.
 */
public final class UnknownEventType extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private UnknownEventType(String message) {
        super(message);
    }

    /** The type of an event that no class knows. The payload of one that is known stays as it was read. */
    public static Optional<SerializedType> of(EventMessage<?> event) {
        return UnknownSerializedType.class.isAssignableFrom(event.getPayloadType())
                ? Optional.of(((UnknownSerializedType) event.getPayload()).serializedType())
                : Optional.empty();
    }

    /** @throws UnknownEventType if no class knows the event */
    public static void refuse(EventMessage<?> event) {
        of(event).ifPresent(type -> {
            throw new UnknownEventType("%s is a \"%s\" of revision %s, which no class of this node knows"
                    .formatted(place(event), type.getName(), type.getRevision()));
        });
    }

    /** The same stream, which throws {@link UnknownEventType} at an event that no class knows. */
    public static DomainEventStream refuseIn(DomainEventStream stream) {
        return stream.filter(event -> {
            refuse(event);
            return true;
        });
    }

    private static String place(EventMessage<?> event) {
        return switch (event) {
            case TrackedEventMessage<?> it -> "Event %d of the log".formatted(position(it.trackingToken()));
            case DomainEventMessage<?> it ->
                "Event %d of %s".formatted(it.getSequenceNumber(), it.getAggregateIdentifier());
            default -> "Event " + event.getIdentifier();
        };
    }

    private static long position(TrackingToken token) {
        return PostgresEventStorageEngine.positionOf(token);
    }
}
