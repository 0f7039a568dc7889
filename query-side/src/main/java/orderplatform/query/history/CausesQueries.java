package orderplatform.query.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orderplatform.api.RecordedEvent;
import orderplatform.api.Sku;
import orderplatform.api.orders.OrderCauses;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderQuery;
import orderplatform.api.payments.PaymentId;
import orderplatform.query.log.EventLog;
import org.axonframework.queryhandling.QueryHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Puts the events of an order, of its payment and of its stock under those that caused them. */
@Component
class CausesQueries {

    /** More than an order of the most lines can have. */
    private static final int MAX_EVENTS = 10_000;

    private static final String CORRELATION = "correlationId";

    private final EventLog log;

    CausesQueries(EventLog log) {
        this.log = log;
    }

    @QueryHandler
    Optional<OrderCauses> on(OrderQuery.Causes query) {
        var order = stream(query.orderId().stream());
        return order.isEmpty()
                ? Optional.empty()
                : Optional.of(new OrderCauses(query.orderId(), tree(events(query.orderId(), order))));
    }

    private List<RecordedEvent> stream(String name) {
        return log.stream(-1, Long.MAX_VALUE, null, name).limit(MAX_EVENTS).toList();
    }

    private List<RecordedEvent> events(OrderId orderId, List<RecordedEvent> order) {
        var payment = stream(PaymentId.of(orderId).stream());
        var correlations = Stream.concat(order.stream(), payment.stream())
                .map(event -> text(event, CORRELATION))
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        var stock = log.ofStock(correlations, skus(order.getFirst()), MAX_EVENTS);
        return Stream.of(order, payment, stock)
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(RecordedEvent::position))
                .toList();
    }

    /** Streams of what was ordered. */
    private static Set<String> skus(RecordedEvent placed) {
        return placed.data().get("lines") instanceof List<?> lines
                ? lines.stream()
                        .map(line -> new Sku(String.valueOf(((Map<?, ?>) line).get("sku"))).stream())
                        .collect(Collectors.toSet())
                : Set.of();
    }

    /** One that does not say which event it comes from, as all from before that was recorded, is under the first of its chain. */
    private static List<OrderCauses.Event> tree(List<RecordedEvent> events) {
        var roots = new ArrayList<OrderCauses.Event>();
        var byId = new HashMap<String, OrderCauses.Event>();
        var firstOfChain = new HashMap<String, OrderCauses.Event>();
        for (var recorded : events) {
            var event = event(recorded);
            var cause = byId.get(text(recorded, "causingEventId"));
            var first = firstOfChain.putIfAbsent(Objects.requireNonNullElse(event.correlationId(), ""), event);
            var above = cause == null ? first : cause;
            (above == null ? roots : above.effects()).add(event);
            byId.put(recorded.eventId(), event);
        }
        return roots;
    }

    private static OrderCauses.Event event(RecordedEvent event) {
        return new OrderCauses.Event(
                event.position(),
                event.stream(),
                event.version(),
                event.type(),
                event.recordedAt(),
                text(event, "actor"),
                text(event, CORRELATION),
                text(event, "causationId"),
                new ArrayList<>());
    }

    private static @Nullable String text(RecordedEvent event, String key) {
        return Objects.toString(event.metadata().get(key), null);
    }
}
