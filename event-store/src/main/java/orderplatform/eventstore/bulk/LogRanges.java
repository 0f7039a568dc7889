package orderplatform.eventstore.bulk;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import orderplatform.eventstore.log.PostgresEventStorageEngine;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.Message;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.UnknownSerializedType;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.ObjectReader;

/**
 * Stretches of the log as events that are ready to be handled: their payloads are read from JSON by the thread that asks.
 * Any number of threads may.
 */
public final class LogRanges {

    private final PostgresEventStorageEngine engine;
    private final LogCopy copy;
    private final Serializer serializer;
    private final EventUpcaster upcasters;
    private final Map<SerializedType, Function<CopiedEvent, List<Message<Object>>>> readers = new ConcurrentHashMap<>();

    LogRanges(PostgresEventStorageEngine engine, LogCopy copy, Serializer serializer, EventUpcaster upcasters) {
        this.engine = engine;
        this.copy = copy;
        this.serializer = serializer;
        this.upcasters = upcasters;
    }

    /**
     * The events of a range, in the order of their positions. What no class knows has an {@link UnknownSerializedType} for
     * its payload. Identifier and metadata of an event are looked up, one by one, if a handler or an upcaster asks for
     * them. Upcasters see one event at a time, and none of the type and revision that are written now.
     *
     * @param after position before the first one
     * @param upTo position of the last one
     * @param types how the names of the wanted events begin, in the log
     * @throws UnreadableEvent if a payload is not what its type says
     */
    public List<TrackedEventMessage<?>> read(long after, long upTo, Collection<String> types) {
        var events = new ArrayList<TrackedEventMessage<?>>();
        copy.read(after, upTo, types, event -> messages(event).forEach(message -> events.add(tracked(event, message))));
        return events;
    }

    /** Position of the last event; -1 of an empty log. */
    public long head() {
        return engine.head();
    }

    private static TrackedEventMessage<?> tracked(CopiedEvent event, Message<Object> message) {
        var token = new GlobalSequenceTrackingToken(event.position());
        return event.streamType() == null
                ? new GenericTrackedEventMessage<>(token, message, event::recordedAt)
                : new GenericTrackedDomainEventMessage<>(
                        token, event.streamType(), event.stream(), event.version(), message, event::recordedAt);
    }

    private List<Message<Object>> messages(CopiedEvent event) {
        try {
            return readers.computeIfAbsent(event.serializedType(), this::reader).apply(event);
        } catch (DataAccessException outage) {
            throw outage;
        } catch (RuntimeException unreadable) {
            throw new UnreadableEvent(event.position(), event.type(), unreadable);
        }
    }

    private Function<CopiedEvent, List<Message<Object>>> reader(SerializedType type) {
        var known = serializer.classForType(type);
        return type.equals(serializer.typeForClass(known)) && serializer instanceof Jackson3Serializer jackson
                ? asWritten(jackson.getObjectMapper().readerFor(known))
                : this::upcast;
    }

    /** Axon's serializer looks for the class with every event: half of the time that reading one takes. */
    private Function<CopiedEvent, List<Message<Object>>> asWritten(ObjectReader reader) {
        return event -> List.of(new CopiedMessage(
                reader.readValue(event.payload()),
                () -> engine.page(event.position() - 1).getFirst()));
    }

    private List<Message<Object>> upcast(CopiedEvent event) {
        return upcasters
                .upcast(Stream.of(new CopiedRepresentation(event, serializer, engine::stored)))
                .map(this::message)
                .toList();
    }

    private Message<Object> message(IntermediateEventRepresentation upcast) {
        Object payload = serializer.deserialize(upcast.getData());
        return new CopiedMessage(
                payload,
                () -> new GenericMessage<>(
                        upcast.getMessageIdentifier(),
                        payload,
                        upcast.getMetaData().getObject()));
    }
}
