package orderplatform.app.stores;

import java.util.Map;
import java.util.stream.Stream;
import orderplatform.api.EventCatalogue;
import orderplatform.api.RecordedEvent;
import orderplatform.eventstore.log.StoredEvent;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.InitialEventRepresentation;
import org.jspecify.annotations.Nullable;
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

    public RecordedEvent of(StoredEvent row) {
        return isOfTheNewestRevision(row)
                ? event(row, row.revision(), json.readValue(row.payload(), JSON_OBJECT))
                : upcast(row);
    }

    private static boolean isOfTheNewestRevision(StoredEvent row) {
        return EventCatalogue.named(row.type())
                .map(entry -> entry.revision().equals(row.revision()))
                .orElse(true);
    }

    private RecordedEvent upcast(StoredEvent row) {
        var event = upcasts.upcast(Stream.of(new InitialEventRepresentation(row, serializer)))
                .findFirst()
                .orElseThrow();
        var data = event.getData(JsonNode.class).getData();
        return event(row, event.getType().getRevision(), json.convertValue(data, JSON_OBJECT));
    }

    private RecordedEvent event(StoredEvent row, @Nullable String revision, Map<String, Object> data) {
        return new RecordedEvent(
                row.position(),
                row.id().toString(),
                row.stream(),
                row.version(),
                row.type(),
                revision,
                row.recordedAt(),
                data,
                json.readValue(row.metadata(), JSON_OBJECT));
    }
}
