package orderplatform.app.simulation;

import static orderplatform.app.simulation.Rules.require;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockLevels;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.eventstore.log.MemoryLog.Logged;

/**
 * Levels follow from the quantities and are never below zero; an order's pieces are promised once and given back once; in
 * the end the confirmed orders hold theirs, and nobody else holds any.
 */
final class StockCheck {

    private final List<Logged> events;
    private final Map<Sku, long[]> levels = new HashMap<>();
    private final Map<Promise, State> promises = new HashMap<>();
    private final Map<OrderId, Map<Sku, Long>> wanted = new HashMap<>();

    StockCheck(List<Logged> events) {
        this.events = events;
    }

    private record Promise(OrderId orderId, Sku sku) {}

    private enum State {
        RESERVED,
        ALLOCATED,
        GIVEN_BACK
    }

    void check() {
        events.forEach(event -> {
            if (event.payload() instanceof StockEvent it) {
                apply(it, event);
            } else if (event.payload() instanceof OrderEvent.Placed it) {
                var quantities = wanted.computeIfAbsent(it.orderId(), id -> new HashMap<>());
                it.lines().forEach(line -> quantities.merge(line.sku(), (long) line.quantity(), Long::sum));
            }
        });
        LogCheck.outcomes(events).forEach(this::checkHeld);
    }

    private void apply(StockEvent event, Logged logged) {
        switch (event) {
            case StockEvent.Received it -> move(it.sku(), it.levels(), logged, it.quantity(), 0, 0);
            case StockEvent.Adjusted it -> move(it.sku(), it.levels(), logged, it.to() - it.from(), 0, 0);
            case StockEvent.Reserved it -> {
                move(it.sku(), it.levels(), logged, 0, it.quantity(), 0);
                become(it, null, State.RESERVED);
                var ordered = wanted.getOrDefault(it.orderId(), Map.of()).get(it.sku());
                require(Long.valueOf(it.quantity()).equals(ordered), "what was ordered is reserved", () -> logged);
            }
            case StockEvent.Allocated it -> {
                move(it.sku(), it.levels(), logged, 0, -it.quantity(), it.quantity());
                become(it, State.RESERVED, State.ALLOCATED);
            }
            case StockEvent.Released it -> {
                move(it.sku(), it.levels(), logged, 0, -it.quantity(), 0);
                become(it, it.quantity() == 0 ? null : State.RESERVED, State.GIVEN_BACK);
            }
            case StockEvent.Deallocated it -> {
                move(it.sku(), it.levels(), logged, 0, 0, -it.quantity());
                become(it, State.ALLOCATED, State.GIVEN_BACK);
            }
            case StockEvent.ReservationRejected it ->
                require(it.requested() > it.available(), "only what can't be had is refused", () -> logged);
        }
    }

    private void move(Sku sku, StockLevels said, Logged event, long onHand, long reserved, long allocated) {
        var now = levels.computeIfAbsent(sku, it -> new long[3]);
        now[0] += onHand;
        now[1] += reserved;
        now[2] += allocated;
        require(
                said.onHand() == now[0] && said.reserved() == now[1] && said.allocated() == now[2],
                "stock adds up",
                () -> event);
        require(now[1] >= 0 && now[2] >= 0 && now[0] >= now[1] + now[2], "stock is never below zero", () -> event);
    }

    private void become(StockEvent.ForOrder event, State before, State after) {
        var was = promises.put(new Promise(event.orderId(), event.sku()), after);
        require(was == before, "pieces are promised once and given back once", () -> event + " after " + was);
    }

    private void checkHeld(OrderId orderId, Class<?> outcome) {
        var held = outcome.equals(OrderEvent.Confirmed.class);
        wanted.get(orderId).keySet().forEach(sku -> {
            var state = promises.get(new Promise(orderId, sku));
            require(
                    held ? state == State.ALLOCATED : state == null || state == State.GIVEN_BACK,
                    "confirmed orders hold their stock and nobody else does",
                    () -> "%s, which is %s, has %s %s".formatted(orderId, outcome.getSimpleName(), sku, state));
        });
    }
}
