package orderplatform.app.benchmarks.load;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** What the log says of orders, payments and stock: an own fold of the events, to compare the read models with. */
public final class Books {

    private static final Set<String> BEFORE_PAYMENT = Set.of("PLACED", "AWAITING_STOCK");

    private final Map<String, Order> orders = new HashMap<>();
    private final Map<String, Stock> stock = new TreeMap<>();
    private final Map<String, Long> versions = new HashMap<>();
    private final Set<String> wrong = new HashSet<>();
    private long position = -1;

    public static final class Order {
        private String status = "PLACED";
        private String payment = "NONE";
        private long version;
        private long total;
        private long authorised;
        private long captured;
        private long refunded;
        private JsonNode lines;

        public String status() {
            return status;
        }

        boolean isSettled() {
            return !status.equals("PLACED") && !status.startsWith("AWAITING");
        }

        /** Charged in full if it was confirmed, not at all if it was not. */
        boolean isChargedRightly() {
            return captured - refunded == (status.equals("CONFIRMED") ? total : 0);
        }

        boolean isShownBy(JsonNode view) {
            var shown = view.path("payment");
            return view.path("status").asString().equals(status)
                    && view.path("version").asLong() == version
                    && view.path("total").asLong() == total
                    && shown.path("status").asString().equals(payment)
                    && shown.path("authorised").asLong() == authorised
                    && shown.path("captured").asLong() == captured
                    && shown.path("refunded").asLong() == refunded
                    && linesAreShownBy(view.path("lines"));
        }

        private boolean linesAreShownBy(JsonNode shown) {
            boolean same = shown.size() == lines.size();
            for (int i = 0; same && i < lines.size(); i++) {
                same = shown.get(i).path("sku").equals(lines.get(i).path("sku"))
                        && shown.get(i).path("quantity").equals(lines.get(i).path("quantity"));
            }
            return same;
        }
    }

    static final class Stock {
        private long onHand;
        private long reserved;
        private long allocated;

        boolean isShownBy(JsonNode view) {
            return view.path("onHand").asLong() == onHand
                    && view.path("reserved").asLong() == reserved
                    && view.path("allocated").asLong() == allocated;
        }

        long allocated() {
            return allocated;
        }

        boolean isOversold() {
            return reserved < 0 || allocated < 0 || onHand < reserved + allocated;
        }
    }

    long position() {
        return position;
    }

    /** Leaves out what is in the log already. */
    void startAfter(long head) {
        position = head;
    }

    void takeOver(String sku, JsonNode shown) {
        var levels = new Stock();
        levels.onHand = shown.path("onHand").asLong();
        levels.reserved = shown.path("reserved").asLong();
        levels.allocated = shown.path("allocated").asLong();
        stock.put(sku, levels);
    }

    public Map<String, Order> orders() {
        return orders;
    }

    Map<String, Stock> stock() {
        return stock;
    }

    /** What no right log contains, in words. */
    Set<String> wrong() {
        return wrong;
    }

    void read(JsonNode event) {
        position = event.path("position").asLong();
        var stream = event.path("stream").asString();
        var version = event.path("version").asLong();
        var previous = versions.put(stream, version);
        if (previous != null && version != previous + 1) {
            wrong.add("%s goes from version %d to %d".formatted(stream, previous, version));
        }
        var type = event.path("type").asString();
        var data = event.path("data");
        switch (type.substring(0, type.indexOf('.'))) {
            case "order" -> order(type, version, data);
            case "payment" -> payment(type, orders.get(data.path("orderId").asString()), data);
            case "stock" -> stock(type, data);
            default -> wrong.add("unknown event " + type);
        }
    }

    private void order(String type, long version, JsonNode data) {
        var id = data.path("orderId").asString();
        if (type.equals("order.placed")) {
            var placed = new Order();
            placed.total = data.path("total").path("amount").asLong();
            placed.lines = data.path("lines");
            if (orders.put(id, placed) != null) {
                wrong.add("order %s was placed twice".formatted(id));
            }
        }
        var order = orders.get(id);
        order.version = version;
        order.status = switch (type) {
            case "order.placed" -> "PLACED";
            case "order.stock-awaited" -> "AWAITING_STOCK";
            case "order.payment-awaited" -> "AWAITING_PAYMENT";
            case "order.confirmed" -> "CONFIRMED";
            case "order.rejected" -> "REJECTED";
            case "order.cancelled" -> "CANCELLED";
            default -> throw new IllegalStateException("Unknown event " + type);
        };
    }

    private static void payment(String type, Order order, JsonNode data) {
        var amount = data.path("amount").path("amount").asLong();
        switch (type) {
            case "payment.authorisation-requested" -> {
                order.payment = "PENDING";
                if (BEFORE_PAYMENT.contains(order.status)) {
                    order.status = "AWAITING_PAYMENT";
                }
            }
            case "payment.declined" -> order.payment = "DECLINED";
            case "payment.voided" -> order.payment = "VOIDED";
            case "payment.authorised" -> {
                order.payment = "AUTHORISED";
                order.authorised += amount;
            }
            case "payment.captured" -> {
                order.payment = "CAPTURED";
                order.captured += amount;
            }
            case "payment.refunded" -> {
                order.payment = "REFUNDED";
                order.refunded += amount;
            }
            default -> {} // asks for a step, or leaves it open
        }
    }

    private void stock(String type, JsonNode data) {
        var sku = data.path("sku").asString();
        var levels = stock.computeIfAbsent(sku, any -> new Stock());
        var quantity = data.path("quantity").asLong();
        switch (type) {
            case "stock.received" -> levels.onHand += quantity;
            case "stock.adjusted" -> levels.onHand = data.path("to").asLong();
            case "stock.reserved" -> levels.reserved += quantity;
            case "stock.released" -> levels.reserved -= quantity;
            case "stock.deallocated" -> levels.allocated -= quantity;
            case "stock.allocated" -> {
                levels.reserved -= quantity;
                levels.allocated += quantity;
            }
            default -> {} // a refusal
        }
        if (levels.isOversold()) {
            wrong.add("SKU %s is oversold".formatted(sku));
        }
    }
}
