package orderplatform.eventstore.log;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import tools.jackson.core.JacksonException;

/**
 * Stretches of the log as events that are ready to be handled: their payloads are read from JSON by the thread that asks.
 * Any number of threads may.
 */
public final class LogRanges {

    private final PostgresEventStorageEngine engine;
    private final LogCopy copy;
    private final Serializer serializer;
    private final boolean upcasts;
    private final Map<SerializedType, Function<byte[], Object>> readers = new ConcurrentHashMap<>();

    LogRanges(PostgresEventStorageEngine engine, LogCopy copy, Serializer serializer, EventUpcaster upcasters) {
        this.engine = engine;
        this.copy = copy;
        this.serializer = serializer;
        // Where there is no upcaster the stream comes back as it is.
        Stream<IntermediateEventRepresentation> none = Stream.empty();
        this.upcasts = upcasters.upcast(none) != none;
    }

    /**
     * The events of a range, in the order of their positions. What no class knows has an {@link UnknownSerializedType} for
     * its payload. Identifier and metadata of an event are looked up, one by one, where a handler asks for them. Where
     * there are upcasters events come as they leave them, of all types, and slower.
     *
     * @param after position before the first one
     * @param upTo position of the last one
     * @param types how the names of the wanted events begin
     * @throws UnreadableEvent where a payload is not what its type says
     */
    public List<TrackedEventMessage<?>> read(long after, long upTo, Collection<String> types) {
        if (upcasts) {
            return engine.range(after, upTo);
        }
        var events = new ArrayList<TrackedEventMessage<?>>();
        copy.read(after, upTo, types, event -> events.add(message(event)));
        return events;
    }

    /** Position of the last event; -1 of an empty log. */
    public long head() {
        return engine.head();
    }

    private TrackedEventMessage<?> message(CopiedEvent event) {
        var token = new GlobalSequenceTrackingToken(event.position());
        var message = new CopiedMessage(
                payload(event), () -> engine.page(event.position() - 1).getFirst());
        return event.streamType() == null
                ? new GenericTrackedEventMessage<>(token, message, event::recordedAt)
                : new GenericTrackedDomainEventMessage<>(
                        token, event.streamType(), event.stream(), event.version(), message, event::recordedAt);
    }

    private Object payload(CopiedEvent event) {
        var type = new SimpleSerializedType(event.type(), event.revision());
        try {
            return readers.computeIfAbsent(type, this::reader).apply(event.payload());
        } catch (JacksonException | SerializationException unreadable) {
            throw new UnreadableEvent(event.position(), event.type(), unreadable);
        }
    }

    /** Axon's serializer looks for the class with every event: half of the time that reading one takes. */
    private Function<byte[], Object> reader(SerializedType type) {
        var known = serializer.classForType(type);
        return serializer instanceof Jackson3Serializer jackson && known != UnknownSerializedType.class
                ? jackson.getObjectMapper().readerFor(known)::readValue
                : payload -> serializer.deserialize(new SimpleSerializedObject<>(payload, byte[].class, type));
    }
}
