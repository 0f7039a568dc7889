package orderplatform.app.faults.checker.trace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the log says of each order and its payment: an own fold of the events. */
public final class Orders {

    private static final Set<String> BEFORE_PAYMENT = Set.of("PLACED", "AWAITING_STOCK");
    private static final Set<String> OVER = Set.of("CONFIRMED", "REJECTED", "CANCELLED");

    private final Map<String, Order> orders = new LinkedHashMap<>();

    public static final class Order {
        private final LogEvent placed;
        private final Map<String, Long> quantities = new TreeMap<>();
        private String status = "PLACED";
        private long version;
        private long authorised;
        private long captured;
        private long voided;
        private long refunded;

        Order(LogEvent placed) {
            this.placed = placed;
            placed.data()
                    .path("lines")
                    .forEach(line -> quantities.merge(
                            line.path("sku").asString(), line.path("quantity").asLong(), Long::sum));
        }

        public LogEvent placed() {
            return placed;
        }

        /** Pieces by SKU. */
        public Map<String, Long> quantities() {
            return quantities;
        }

        public String status() {
            return status;
        }

        public long version() {
            return version;
        }

        public long authorised() {
            return authorised;
        }

        public long captured() {
            return captured;
        }

        public long voided() {
            return voided;
        }

        public long refunded() {
            return refunded;
        }

        public long total() {
            return placed.data().path("total").path("amount").asLong();
        }

        public String contact(String channel) {
            return placed.data().path("contact").path(channel).asString("");
        }

        public boolean isOver() {
            return OVER.contains(status);
        }

        public boolean isConfirmed() {
            return status.equals("CONFIRMED");
        }
    }

    public static Orders of(Facts facts) {
        var orders = new Orders();
        facts.log().forEach(orders::read);
        return orders;
    }

    /** By id, in the order in which they were placed. */
    public Map<String, Order> all() {
        return orders;
    }

    private void read(LogEvent event) {
        if (event.type().equals("order.placed")) {
            orders.putIfAbsent(event.text("orderId"), new Order(event));
        }
        var order = orders.get(event.text("orderId"));
        if (order != null && event.type().startsWith("order.")) {
            order.version = event.version();
            order.status = switch (event.type()) {
                case "order.stock-awaited" -> "AWAITING_STOCK";
                case "order.payment-awaited" -> "AWAITING_PAYMENT";
                case "order.confirmed" -> "CONFIRMED";
                case "order.rejected" -> "REJECTED";
                case "order.cancelled" -> "CANCELLED";
                default -> order.status;
            };
        } else if (order != null) {
            pay(order, event);
        }
    }

    private static void pay(Order order, LogEvent event) {
        long amount = event.data().path("amount").path("amount").asLong();
        switch (event.type()) {
            case "payment.authorisation-requested" -> {
                if (BEFORE_PAYMENT.contains(order.status)) {
                    order.status = "AWAITING_PAYMENT";
                }
            }
            case "payment.authorised" -> order.authorised += amount;
            case "payment.captured" -> order.captured += amount;
            case "payment.voided" -> order.voided += amount;
            case "payment.refunded" -> order.refunded += amount;
            default -> {} // stock, or a step that is asked for
        }
    }
}
