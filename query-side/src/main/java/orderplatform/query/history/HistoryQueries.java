package orderplatform.query.history;

import java.util.List;
import java.util.Optional;
import orderplatform.api.RecordedEvent;
import orderplatform.api.orders.OrderHistory;
import orderplatform.api.orders.OrderQuery;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

@Component
class HistoryQueries {

    private final HistoryRows rows;

    HistoryQueries(HistoryRows rows) {
        this.rows = rows;
    }

    @QueryHandler
    Optional<OrderHistory> on(OrderQuery.History query) {
        List<RecordedEvent> events = rows
                .findByKeyOrderIdOrderByKeyVersion(query.orderId().value())
                .stream()
                .map(HistoryRow::event)
                .toList();
        return events.isEmpty() ? Optional.empty() : Optional.of(new OrderHistory(events));
    }
}
