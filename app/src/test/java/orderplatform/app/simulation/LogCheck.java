package orderplatform.app.simulation;

import static orderplatform.app.simulation.Rules.require;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.eventstore.log.MemoryLog.Logged;

/** Positions and versions have no gap and no duplicate, and every order is over. */
record LogCheck(List<Logged> events) {

    void check() {
        var versions = new HashMap<String, Long>();
        var ids = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            require(event.position() == i, "positions are gapless", () -> event);
            var version = versions.merge(event.stream(), 0L, (last, none) -> last + 1);
            require(event.version() == version, "versions are gapless", () -> event + " instead of " + version);
            require(ids.add(event.id()), "no event is there twice", () -> event);
        }
        checkOrders();
    }

    private void checkOrders() {
        outcomes(events)
                .forEach((orderId, outcome) ->
                        require(!outcome.equals(OrderEvent.Placed.class), "every order is over", () -> orderId));
    }

    /** The class of each order's last event that says what became of it; that of its placement if none did. */
    static Map<OrderId, Class<?>> outcomes(List<Logged> events) {
        var outcomes = new HashMap<OrderId, Class<?>>();
        for (var event : events) {
            switch (event.payload()) {
                case OrderEvent.Placed it ->
                    require(outcomes.put(it.orderId(), OrderEvent.Placed.class) == null, "placed once", () -> event);
                case OrderEvent.Confirmed it -> settle(outcomes, it, OrderEvent.Placed.class);
                case OrderEvent.Rejected it -> settle(outcomes, it, OrderEvent.Placed.class);
                case OrderEvent.Cancelled it ->
                    settle(outcomes, it, it.wasConfirmed() ? OrderEvent.Confirmed.class : OrderEvent.Placed.class);
                default -> {}
            }
        }
        return outcomes;
    }

    private static void settle(Map<OrderId, Class<?>> outcomes, OrderEvent event, Class<?> before) {
        var was = outcomes.put(event.orderId(), event.getClass());
        require(before.equals(was), "an order is settled once", () -> event + " after " + was);
    }
}
