package orderplatform.query.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import orderplatform.api.EventCatalogue;
import orderplatform.api.RecordedEvent;
import orderplatform.api.orders.OrderEvent;
import orderplatform.eventstore.projection.Rows;
import orderplatform.eventstore.projection.Table;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.Timestamp;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.MetaData;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The events of every order's own stream. */
@Component
@ProcessingGroup("history")
class HistoryProjection {

    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};

    private static final RowMapper<HistoryRow> NEVER_READ = (row, number) -> {
        throw new IllegalStateException("A row of the history depends on its event alone");
    };

    private final Rows<HistoryRow> rows;
    private final JsonMapper json;

    HistoryProjection(DataSource dataSource, JsonMapper json) {
        this.json = json;
        var table = new Table<HistoryRow>(
                dataSource, "order_history", List.of("order_id", "version"), HistoryRow.columns(json), NEVER_READ);
        rows = new Rows<>(table, HistoryRow::key, event -> Optional.empty(), changed -> {});
    }

    @EventHandler
    void on(
            OrderEvent event,
            @SequenceNumber Long version,
            @Timestamp Instant at,
            TrackingToken token,
            MetaData metaData) {
        EventCatalogue.Entry entry = EventCatalogue.ofType(event.getClass()).orElseThrow();
        rows.put(new HistoryRow(
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
