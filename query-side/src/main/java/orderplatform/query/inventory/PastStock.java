package orderplatform.query.inventory;

import java.util.Optional;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockQuery;
import orderplatform.api.inventory.StockView;
import orderplatform.query.history.Past;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/** Stock as it was: the fold of what the log had of it by then. */
@Component
class PastStock {

    private static final long NOTHING = -1;

    private final Past past;

    PastStock(Past past) {
        this.past = past;
    }

    @QueryHandler
    Optional<StockView> on(StockQuery.AsOf query) {
        var row = new StockRow(query.sku());
        long last = NOTHING;
        var events = past.of(query.sku().stream())
                .takeWhile(event -> event.isOf(query.moment()))
                .iterator();
        while (events.hasNext()) {
            var event = events.next();
            row.evolve((StockEvent) event.payload(), event.version(), event.position());
            last = event.version();
        }
        return query.moment().isReachedBy(last) ? Optional.of(row.view()) : Optional.empty();
    }
}
