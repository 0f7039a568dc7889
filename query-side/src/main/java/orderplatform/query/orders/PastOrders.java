package orderplatform.query.orders;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import orderplatform.api.Moment;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderQuery;
import orderplatform.api.orders.OrderView;
import orderplatform.api.payments.PaymentEvent;
import orderplatform.api.payments.PaymentId;
import orderplatform.query.history.Past;
import orderplatform.query.history.PastEvent;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.stereotype.Component;

/** Orders as they were: the fold of what the log had of them and of their payments by then. */
@Component
class PastOrders {

    private final Past past;

    PastOrders(Past past) {
        this.past = past;
    }

    @QueryHandler
    Optional<OrderView> on(OrderQuery.AsOf query) {
        List<PastEvent> all = past.of(query.orderId().stream()).toList();
        List<PastEvent> then =
                all.stream().takeWhile(event -> event.isOf(query.moment())).toList();
        if (then.isEmpty() || !query.moment().isReachedBy(then.getLast().version())) {
            return Optional.empty();
        }
        long next = next(then, all);
        Stream<PastEvent> payment = past.of(PaymentId.of(query.orderId()).stream())
                .takeWhile(event -> event.position() < next && isInTime(event, query.moment()));
        return Optional.of(fold(Stream.concat(then.stream(), payment)
                        .sorted(Comparator.comparingLong(PastEvent::position))
                        .toList())
                .view());
    }

    /**
     * Up to where its payment counts: to the order's next event. Of an order as it was placed, nothing counts that its
     * placement led to.
     */
    private static long next(List<PastEvent> then, List<PastEvent> all) {
        if (then.size() == all.size()) {
            return Long.MAX_VALUE;
        }
        return then.size() == 1
                ? then.getFirst().position()
                : all.get(then.size()).position();
    }

    /** A payment has versions of its own. */
    private static boolean isInTime(PastEvent payment, Moment moment) {
        return moment instanceof Moment.Version || payment.isOf(moment);
    }

    private static OrderRow fold(List<PastEvent> events) {
        var first = events.getFirst();
        var row = new OrderRow(
                (OrderEvent.Placed) first.payload(), first.version(), first.recordedAt(), first.position());
        for (var event : events.subList(1, events.size())) {
            if (evolve(row, event)) {
                row.changedAt(event.recordedAt(), event.position());
            }
        }
        return row;
    }

    private static boolean evolve(OrderRow row, PastEvent event) {
        return switch (event.payload()) {
            case OrderEvent it -> row.evolve(it, event.version());
            case PaymentEvent it -> row.evolve(it, event.version());
            default -> throw new IllegalStateException("No event of an order: " + event);
        };
    }
}
