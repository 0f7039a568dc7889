package orderplatform.eventstore.saga;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import orderplatform.eventstore.commit.ReactionBatch.Reaction;
import orderplatform.eventstore.log.SagaChange;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.SagaCreationPolicy;
import org.axonframework.modelling.saga.SagaMethodMessageHandlingMember;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanUtils;

/**
 * A class of sagas: which events concern which of them, and how one is made.
 *
 * <p>Every event of a saga has the association that the saga began with, and no two sagas have the same.
 */
final class SagaType {

    private final String processor;
    private final Class<?> type;
    private final SagaModel<Object> model;
    private final Configuration axon;
    private final Function<EventMessage<?>, Optional<String>> associationOf;
    private final Map<Class<?>, Boolean> starts = new ConcurrentHashMap<>();

    /** @param associationOf value of an event's association if its payload can't be read */
    SagaType(
            String processor,
            Class<?> type,
            SagaModel<Object> model,
            Configuration axon,
            Function<EventMessage<?>, Optional<String>> associationOf) {
        this.processor = processor;
        this.type = type;
        this.model = model;
        this.axon = axon;
        this.associationOf = associationOf;
    }

    String processor() {
        return processor;
    }

    /** As the row of a saga names it. */
    String name() {
        return type.getSimpleName();
    }

    String id(Reaction reaction) {
        return name() + '-' + reaction.sequence();
    }

    /** Whether it is the id of a saga of this type. */
    boolean isId(String id) {
        return id.startsWith(name() + '-');
    }

    /** That of a saga. */
    Reaction reaction(String id) {
        return new Reaction(processor, id.substring(name().length() + 1));
    }

    /**
     * An event that concerns a saga.
     *
     * @param association of the event and its saga; null if the event can't be read
     * @param unreadable why it can't be read; null if it can
     */
    record Concern(
            EventMessage<?> event,
            Reaction reaction,
            @Nullable AssociationValue association,
            @Nullable SerializationException unreadable) {

        /** @throws SerializationException if the event can't be read */
        AssociationValue requireAssociation() {
            if (association == null) {
                throw Optional.ofNullable(unreadable).orElseThrow();
            }
            return association;
        }

        /** Whether the segment of the version before had the event; all had what can't be read. */
        boolean isIn(Segment segment) {
            return association == null || segment.matches(association);
        }
    }

    /** What the sagas have to do with the event, if anything. One that can't be read concerns them all. */
    Optional<Concern> concern(EventMessage<?> event) {
        try {
            return model.resolveAssociation(event)
                    .map(value -> new Concern(event, new Reaction(processor, value.getValue()), value, null));
        } catch (SerializationException unreadable) {
            var reaction = new Reaction(processor, associationOf.apply(event).orElseGet(event::getIdentifier));
            return Optional.of(new Concern(event, reaction, null, unreadable));
        }
    }

    /** Whether a saga starts with events of this kind. */
    boolean starts(EventMessage<?> event) {
        return starts.computeIfAbsent(
                event.getPayloadType(),
                payload -> model.findHandlerMethods(event).stream()
                        .flatMap(handler -> handler.unwrap(SagaMethodMessageHandlingMember.class).stream())
                        .anyMatch(handler -> handler.getCreationPolicy() != SagaCreationPolicy.NONE));
    }

    /** With the first event of a new stream no saga can have begun before. One that was read from the log may be handled again. */
    boolean begins(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> ofStream
                && !(event instanceof TrackedEventMessage<?>)
                && ofStream.getSequenceNumber() == 0
                && starts(event);
    }

    /** @param version of its row, or {@link SagaChange#NO_ROW} */
    LiveSaga begin(String id, long version) {
        return live(id, BeanUtils.instantiateClass(type), List.of(), version);
    }

    LiveSaga read(SagaTable.Row row) {
        SagaDeadline.All deadlines = read(row.deadlines(), SagaDeadline.All.class);
        return live(row.id(), read(row.state(), type), deadlines.list(), row.version());
    }

    private LiveSaga live(String id, Object saga, List<SagaDeadline> deadlines, long version) {
        axon.resourceInjector().injectResources(saga);
        return new LiveSaga(id, saga, model, deadlines, version);
    }

    private <T> T read(String json, Class<?> as) {
        return SagaJson.read(json, as.getName(), axon.serializer());
    }
}
