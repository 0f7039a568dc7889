package orderplatform.query.history;

import java.util.stream.Stream;
import orderplatform.api.EventCatalogue;
import orderplatform.api.RecordedEvent;
import orderplatform.query.log.EventLog;
import org.springframework.stereotype.Component;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the log has of a stream, to show how things were. */
@Component
public class Past {

    private final EventLog log;
    private final JsonMapper json;

    /** What a newer version has added to an event is passed over. */
    Past(EventLog log, JsonMapper json) {
        this.log = log;
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    /** The events of a stream, oldest first, read while they are asked for. */
    public Stream<PastEvent> of(String stream) {
        return log.stream(-1, Long.MAX_VALUE, null, stream).map(this::event);
    }

    private PastEvent event(RecordedEvent recorded) {
        var type = EventCatalogue.named(recorded.type())
                .orElseThrow(() -> new IllegalStateException("Position %d has an event that nobody knows: %s"
                        .formatted(recorded.position(), recorded.type())))
                .type();
        return new PastEvent(
                json.convertValue(recorded.data(), type),
                recorded.version(),
                recorded.position(),
                recorded.recordedAt());
    }
}
