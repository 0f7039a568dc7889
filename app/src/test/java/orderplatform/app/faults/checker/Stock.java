package orderplatform.app.faults.checker;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import orderplatform.app.faults.checker.trace.Facts;
import orderplatform.app.faults.checker.trace.LogEvent;
import orderplatform.app.faults.checker.trace.Orders;

/**
 * I4: what each SKU's events say adds up from one to the next, nothing is below zero, and an order's pieces are reserved,
 * allocated and given back at most once; in the end exactly the confirmed orders hold theirs.
 */
final class Stock implements Check {

    private static final int ADDS_UP = 4;
    private static final Set<String> HOLDING = Set.of("stock.reserved", "stock.allocated");

    /** The event that has to be the last one of an order at a SKU before each event. */
    private static final Map<String, Set<String>> BEFORE = Map.of(
            "stock.reserved", Set.of(""),
            "stock.allocated", Set.of("stock.reserved"),
            "stock.released", Set.of("stock.reserved"),
            "stock.deallocated", Set.of("stock.allocated"));

    private static final class Levels {
        long onHand;
        long reserved;
        long allocated;

        boolean areBelowZero() {
            return reserved < 0 || allocated < 0 || onHand < reserved + allocated;
        }

        boolean differFrom(LogEvent event) {
            var levels = event.data().path("levels");
            return levels.path("onHand").asLong() != onHand
                    || levels.path("reserved").asLong() != reserved
                    || levels.path("allocated").asLong() != allocated;
        }

        @Override
        public String toString() {
            return "%d on hand, %d reserved, %d allocated".formatted(onHand, reserved, allocated);
        }
    }

    @Override
    public Set<Integer> invariants() {
        return Set.of(ADDS_UP);
    }

    @Override
    public void check(Facts facts, Verdict verdict) {
        var levels = new HashMap<String, Levels>();
        var steps = new HashMap<String, LogEvent>();
        for (var event : facts.log()) {
            if (event.type().startsWith("stock.") && event.data().has("levels")) {
                verdict.checked(ADDS_UP);
                move(levels.computeIfAbsent(event.text("sku"), any -> new Levels()), event, verdict);
                step(steps, event, verdict);
            }
        }
        Orders.of(facts).all().forEach((id, order) -> settled(id, order, steps, verdict));
    }

    private static void move(Levels levels, LogEvent event, Verdict verdict) {
        long quantity = event.number("quantity");
        switch (event.type()) {
            case "stock.received" -> levels.onHand += quantity;
            case "stock.adjusted" -> levels.onHand = event.number("to");
            case "stock.reserved" -> levels.reserved += quantity;
            case "stock.released" -> levels.reserved -= quantity;
            case "stock.deallocated" -> levels.allocated -= quantity;
            default -> {
                levels.reserved -= quantity;
                levels.allocated += quantity;
            }
        }
        if (levels.areBelowZero() || levels.differFrom(event)) {
            verdict.violated(
                    ADDS_UP,
                    event,
                    "%s of %s: the events make it %s, it says %s",
                    event.type(),
                    event.text("sku"),
                    levels,
                    event.data().path("levels"));
        }
    }

    private static void step(Map<String, LogEvent> steps, LogEvent event, Verdict verdict) {
        if (BEFORE.containsKey(event.type())) {
            var last = steps.put(key(event.text("orderId"), event.text("sku")), event);
            if (!before(event).contains(last == null ? "" : last.type())) {
                verdict.violated(
                        ADDS_UP,
                        event,
                        "%s of order %s at %s after %s",
                        event.type(),
                        event.text("orderId"),
                        event.text("sku"),
                        last == null ? "nothing" : last.type());
            }
        }
    }

    /** An order that is over before it has anything is refused what it may still ask for. */
    private static Set<String> before(LogEvent event) {
        boolean isRefusal = event.type().equals("stock.released") && event.number("quantity") == 0;
        return isRefusal ? Set.of("") : BEFORE.get(event.type());
    }

    private static void settled(String id, Orders.Order order, Map<String, LogEvent> steps, Verdict verdict) {
        order.quantities().forEach((sku, quantity) -> {
            var last = steps.get(key(id, sku));
            boolean held = last != null && HOLDING.contains(last.type());
            boolean wrong = order.isConfirmed()
                    ? last == null || !last.type().equals("stock.allocated") || last.number("quantity") != quantity
                    : order.isOver() && held;
            verdict.checked(ADDS_UP);
            if (wrong) {
                verdict.violated(
                        ADDS_UP,
                        last == null ? order.placed() : last,
                        "order %s is %s, and its %d of %s are %s",
                        id,
                        order.status(),
                        quantity,
                        sku,
                        last == null ? "not reserved" : last.type());
            }
        });
    }

    private static String key(String orderId, String sku) {
        return orderId + " " + sku;
    }
}
