package orderplatform.app.faults.checker;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the log says of each order and its payment: an own fold of the events. */
final class Orders {

    private static final Set<String> BEFORE_PAYMENT = Set.of("PLACED", "AWAITING_STOCK");
    private static final Set<String> OVER = Set.of("CONFIRMED", "REJECTED", "CANCELLED");

    private final Map<String, Order> orders = new LinkedHashMap<>();

    static final class Order {
        final LogEvent placed;
        final Map<String, Long> quantities = new TreeMap<>();
        String status = "PLACED";
        long version;
        long authorised;
        long captured;
        long voided;
        long refunded;

        Order(LogEvent placed) {
            this.placed = placed;
            placed.data()
                    .path("lines")
                    .forEach(line -> quantities.merge(
                            line.path("sku").asString(), line.path("quantity").asLong(), Long::sum));
        }

        long total() {
            return placed.data().path("total").path("amount").asLong();
        }

        String contact(String channel) {
            return placed.data().path("contact").path(channel).asString("");
        }

        boolean isOver() {
            return OVER.contains(status);
        }

        boolean isConfirmed() {
            return status.equals("CONFIRMED");
        }
    }

    static Orders of(Facts facts) {
        var orders = new Orders();
        facts.log().forEach(orders::read);
        return orders;
    }

    /** By id, in the order in which they were placed. */
    Map<String, Order> all() {
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
