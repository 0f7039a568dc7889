package orderplatform.query.history;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import orderplatform.api.EventCatalogue;
import orderplatform.api.RecordedEvent;
import orderplatform.api.orders.OrderEvent;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The events of every order's own stream. */
@Component
@ProcessingGroup("history")
class HistoryProjection {

    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};

    private final HistoryRows rows;
    private final JsonMapper json;

    HistoryProjection(HistoryRows rows, JsonMapper json) {
        this.rows = rows;
        this.json = json;
    }

    @EventHandler
    void on(
            OrderEvent event,
            @SequenceNumber Long version,
            @Timestamp Instant at,
            TrackingToken token,
            MetaData metaData) {
        EventCatalogue.Entry entry = EventCatalogue.ofType(event.getClass()).orElseThrow();
        rows.save(new HistoryRow(
                event.orderId(),
                new RecordedEvent(
                        token.position().orElseThrow(),
                        event.orderId().stream(),
                        version,
                        entry.name(),
                        entry.revision(),
                        at,
                        json.convertValue(event, JSON_OBJECT),
                        shown(metaData))));
    }

    private static Map<String, Object> shown(MetaData metaData) {
        var shown = new TreeMap<String, Object>();
        Stream.of("correlationId", "causationId", "actor")
                .filter(metaData::containsKey)
                .forEach(key -> shown.put(key, metaData.get(key)));
        return shown;
    }
}
