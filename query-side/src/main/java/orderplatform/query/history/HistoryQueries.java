package orderplatform.query.history;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import orderplatform.api.RecordedEvent;
import orderplatform.api.orders.OrderHistory;
import orderplatform.api.orders.OrderQuery;
import orderplatform.query.log.EventLog;
import orderplatform.query.log.OpenedEvents;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/** Answers from the log itself: a copy of it could only be older. */
@Component
class HistoryQueries {

    /** Far more than an order can have. */
    private static final int MAX_EVENTS = 1_000;

    private static final Set<String> SHOWN = Set.of("correlationId", "causationId", "actor");

    private final EventLog log;
    private final OpenedEvents opened;

    HistoryQueries(EventLog log, OpenedEvents opened) {
        this.log = log;
        this.opened = opened;
    }

    @QueryHandler
    Optional<OrderHistory> on(OrderQuery.History query) {
        List<RecordedEvent> events = log.stream(-1, Long.MAX_VALUE, null, query.orderId().stream())
                .limit(MAX_EVENTS)
                .map(this::shown)
                .toList();
        return events.isEmpty() ? Optional.empty() : Optional.of(new OrderHistory(events));
    }

    private RecordedEvent shown(RecordedEvent event) {
        Map<String, Object> metadata = new TreeMap<>(event.metadata());
        metadata.keySet().retainAll(SHOWN);
        return new RecordedEvent(
                event.position(),
                event.eventId(),
                event.stream(),
                event.version(),
                event.type(),
                event.revision(),
                event.recordedAt(),
                opened.of(event).data(),
                metadata);
    }
}
