package orderplatform.eventstore.log;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;

/**
 * A row of the log. An event of no aggregate is a stream of its own, named after its id.
 *
 * @param position in the log, from 0 without gaps; {@link #NOT_YET} before the event is appended
 * @param version in the stream, from 0 without gaps
 * @param streamType type of the aggregate; none for an event of no aggregate
 * @param recordedAt to the microsecond, as PostgreSQL keeps it
 * @param payload JSON, as it was written
 * @param metadata JSON, as it was written
 */
public record StoredEvent(
        long position,
        String stream,
        long version,
        UUID id,
        String type,
        @Nullable String revision,
        @Nullable String streamType,
        Instant recordedAt,
        String payload,
        String metadata)
        implements TrackedEventData<String>, DomainEventData<String> {

    static final long NOT_YET = -1;

    static StoredEvent of(EventMessage<?> event, Serializer serializer) {
        var payload = event.serializePayload(serializer, String.class);
        var metadata = event.serializeMetaData(serializer, String.class).getData();
        var inStream = event instanceof DomainEventMessage<?> it ? it : null;
        return new StoredEvent(
                NOT_YET,
                inStream == null ? event.getIdentifier() : inStream.getAggregateIdentifier(),
                inStream == null ? 0 : inStream.getSequenceNumber(),
                UUID.fromString(event.getIdentifier()),
                payload.getType().getName(),
                payload.getType().getRevision(),
                inStream == null ? null : inStream.getType(),
                event.getTimestamp().truncatedTo(ChronoUnit.MICROS),
                payload.getData(),
                metadata);
    }

    StoredEvent at(long newPosition) {
        return new StoredEvent(
                newPosition, stream, version, id, type, revision, streamType, recordedAt, payload, metadata);
    }

    int size() {
        return payload.length() + metadata.length();
    }

    @Override
    public String getEventIdentifier() {
        return id.toString();
    }

    @Override
    public Instant getTimestamp() {
        return recordedAt;
    }

    @Override
    @SuppressWarnings("unchecked") // Axon asks for the type of the serialised form, and gives the same for both
    public SerializedObject<String> getMetaData() {
        return (SerializedObject<String>) (SerializedObject<?>) new SerializedMetaData<>(metadata, String.class);
    }

    @Override
    public SerializedObject<String> getPayload() {
        return new SimpleSerializedObject<>(payload, String.class, type, revision);
    }

    @Override
    public TrackingToken trackingToken() {
        return new GlobalSequenceTrackingToken(position);
    }

    @Override
    public @Nullable String getType() {
        return streamType;
    }

    @Override
    public String getAggregateIdentifier() {
        return stream;
    }

    @Override
    public long getSequenceNumber() {
        return version;
    }
}
