package orderplatform.query.inventory;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockView;
import orderplatform.eventstore.projection.Projection;
import orderplatform.eventstore.projection.Rows;
import orderplatform.query.cache.VersionedCache;
import orderplatform.query.projections.EntityMapping;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Levels of every SKU, as the last event of its stream left them. */
@Component
@ProcessingGroup("stock")
class StockProjection implements Projection {

    private final Rows<StockRow> rows;

    StockProjection(DataSource dataSource, JsonMapper json, VersionedCache<StockView> cache) {
        rows = new Rows<>(
                new EntityMapping<>(StockRow.class, json).table(dataSource),
                StockRow::sku,
                event -> event instanceof StockEvent it ? Optional.of(it.sku().value()) : Optional.empty(),
                changed -> cache.putAll(changed.stream().collect(Collectors.toMap(StockRow::sku, StockRow::view))));
    }

    @Override
    public Rows<?> rows() {
        return rows;
    }

    @Override
    public List<String> eventTypes() {
        return List.of("stock.");
    }

    /** The first receipt makes the SKU known. */
    @EventHandler
    void on(StockEvent.Received event, @SequenceNumber Long version, TrackingToken token) {
        StockRow row = rows.find(event.sku().value()).orElseGet(() -> new StockRow(event.sku()));
        change(row, event, version, token);
    }

    @EventHandler
    void on(StockEvent event, @SequenceNumber Long version, TrackingToken token) {
        StockRow row = rows.find(event.sku().value())
                .orElseThrow(() -> new IllegalStateException("SKU %s has no row".formatted(event.sku())));
        change(row, event, version, token);
    }

    /** Changed no level; may belong to no stream, and to a SKU that never came in. */
    @EventHandler
    void on(StockEvent.ReservationRejected event) {}

    private void change(StockRow row, StockEvent event, long version, TrackingToken token) {
        if (row.evolve(event, version, token.position().orElseThrow())) {
            rows.put(row);
        }
    }
}
