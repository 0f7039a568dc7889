package orderplatform.app.stores;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import orderplatform.api.EventCatalogue;
import orderplatform.api.RecordedEvent;
import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows of the log as they are shown: in the newest revision that this version knows, with all fields that they have. */
@Component
public class RecordedEvents {

    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};

    private final JsonMapper json;
    private final Serializer serializer;
    private final EventUpcaster upcasts;

    RecordedEvents(JsonMapper json, @Qualifier("eventSerializer") Serializer serializer, EventUpcaster upcasts) {
        this.json = json;
        this.serializer = serializer;
        this.upcasts = upcasts;
    }

    /**
     * An event as a table of the log has it.
     *
     * @param data JSON
     * @param metadata JSON
     */
    public record Row(
            long position,
            String eventId,
            String stream,
            long version,
            String type,
            String revision,
            Instant recordedAt,
            String data,
            String metadata) {

        private boolean isOfTheNewestRevision() {
            return EventCatalogue.named(type)
                    .map(entry -> entry.revision().equals(revision))
                    .orElse(true);
        }
    }

    public RecordedEvent of(Row row) {
        return row.isOfTheNewestRevision()
                ? event(row, row.revision(), json.readValue(row.data(), JSON_OBJECT))
                : upcast(row);
    }

    private RecordedEvent upcast(Row row) {
        var stored = new GenericDomainEventEntry<>(
                null,
                row.stream(),
                row.version(),
                row.eventId(),
                row.recordedAt(),
                row.type(),
                row.revision(),
                row.data(),
                row.metadata());
        var event = upcasts.upcast(Stream.of(new InitialEventRepresentation(stored, serializer)))
                .findFirst()
                .orElseThrow();
        var data = event.getData(JsonNode.class).getData();
        return event(row, event.getType().getRevision(), json.convertValue(data, JSON_OBJECT));
    }

    private RecordedEvent event(Row row, String revision, Map<String, Object> data) {
        return new RecordedEvent(
                row.position(),
                row.eventId(),
                row.stream(),
                row.version(),
                row.type(),
                revision,
                row.recordedAt(),
                data,
                json.readValue(row.metadata(), JSON_OBJECT));
    }
}
