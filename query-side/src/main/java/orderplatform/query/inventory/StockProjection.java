package orderplatform.query.inventory;

import jakarta.persistence.EntityManager;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockView;
import orderplatform.query.cache.VersionedCache;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.SequenceNumber;
import org.axonframework.eventhandling.TrackingToken;
import org.springframework.stereotype.Component;

/** Levels of every SKU, as the last event of its stream left them. */
@Component
@ProcessingGroup("stock")
class StockProjection {

    private final StockRows rows;
    private final EntityManager entities;
    private final VersionedCache<StockView> cache;

    StockProjection(StockRows rows, EntityManager entities, VersionedCache<StockView> cache) {
        this.rows = rows;
        this.entities = entities;
        this.cache = cache;
    }

    /** The first receipt makes the SKU known. */
    @EventHandler
    void on(StockEvent.Received event, @SequenceNumber Long version, TrackingToken token) {
        StockRow row = rows.findById(event.sku().value()).orElseGet(() -> added(event.sku()));
        change(row, event, version, token);
    }

    @EventHandler
    void on(StockEvent event, @SequenceNumber Long version, TrackingToken token) {
        StockRow row = rows.findById(event.sku().value())
                .orElseThrow(() -> new IllegalStateException("SKU %s has no row".formatted(event.sku())));
        change(row, event, version, token);
    }

    /** Changed no level; may belong to no stream, and to a SKU that never came in. */
    @EventHandler
    void on(StockEvent.ReservationRejected event) {}

    private StockRow added(Sku sku) {
        var row = new StockRow(sku);
        entities.persist(row);
        return row;
    }

    private void change(StockRow row, StockEvent event, long version, TrackingToken token) {
        if (row.evolve(event, version, token.position().orElseThrow())) {
            cache.putAfterCommit(event.sku().value(), row::view);
        }
    }
}
