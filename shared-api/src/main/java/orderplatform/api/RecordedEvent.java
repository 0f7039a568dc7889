package orderplatform.api;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event as it stands in the log.
 *
 * @param position in the log
 * @param eventId a UUID
 * @param stream the stream it belongs to, such as {@code order-536365}
 * @param version in that stream, counted from 0
 * @param type logical name from the {@link EventCatalogue}
 * @param revision of its type; null if it was written without one
 * @param data the event's JSON
 * @param metadata {@code correlationId}, {@code causationId} and {@code actor}
 */
public record RecordedEvent(
        long position,
        String eventId,
        String stream,
        long version,
        String type,
        @Nullable String revision,
        Instant recordedAt,
        Map<String, Object> data,
        Map<String, Object> metadata) {

    /** The same event, shown with other data. */
    public RecordedEvent with(Map<String, Object> shown) {
        return new RecordedEvent(position, eventId, stream, version, type, revision, recordedAt, shown, metadata);
    }
}
