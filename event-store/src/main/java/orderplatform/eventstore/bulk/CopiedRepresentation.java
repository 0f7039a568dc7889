package orderplatform.eventstore.bulk;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import orderplatform.eventstore.log.StoredEvent;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.LazyDeserializingObject;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.UpcastedEventRepresentation;

/**
 * A copied event on its way through the upcasters. Fields that were not copied are looked up if an upcaster asks for them.
 *
 * @param whole looks up the event at a position
 */
record CopiedRepresentation(CopiedEvent event, Serializer serializer, LongFunction<StoredEvent> whole)
        implements IntermediateEventRepresentation {

    @Override
    public <T> IntermediateEventRepresentation upcast(
            SerializedType outputType, Class<T> form, Function<T, T> payload, Function<MetaData, MetaData> metaData) {
        return new UpcastedEventRepresentation<>(outputType, this, payload, metaData, form, serializer.getConverter());
    }

    @Override
    public SerializedType getType() {
        return event.serializedType();
    }

    @Override
    public SerializedObject<?> getData() {
        return new SimpleSerializedObject<>(event.payload(), byte[].class, getType());
    }

    @Override
    public <D> SerializedObject<D> getData(Class<D> form) {
        return serializer.getConverter().convert(getData(), form);
    }

    @Override
    public boolean canConvertDataTo(Class<?> form) {
        return serializer.getConverter().canConvert(byte[].class, form);
    }

    @Override
    public String getMessageIdentifier() {
        return whole.apply(event.position()).getEventIdentifier();
    }

    @Override
    public LazyDeserializingObject<MetaData> getMetaData() {
        return new LazyDeserializingObject<>(whole.apply(event.position()).getMetaData(), serializer);
    }

    @Override
    public Optional<String> getAggregateType() {
        return Optional.ofNullable(event.streamType());
    }

    @Override
    public Optional<String> getAggregateIdentifier() {
        return Optional.of(event.stream());
    }

    @Override
    public Optional<Long> getSequenceNumber() {
        return Optional.of(event.version());
    }

    @Override
    public Optional<TrackingToken> getTrackingToken() {
        return Optional.of(new GlobalSequenceTrackingToken(event.position()));
    }

    @Override
    public Instant getTimestamp() {
        return event.recordedAt();
    }
}
