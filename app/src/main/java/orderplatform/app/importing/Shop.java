package orderplatform.app.importing;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orderplatform.app.client.PlatformClient;
import orderplatform.app.client.PlatformClient.Answer;
import orderplatform.app.client.Unreachable;
import orderplatform.app.retail.Invoice;
import orderplatform.app.retail.Stretch;

/** What a shop asks of the platform: take in stock, place an order and wait for its outcome, cancel it. */
final class Shop {

    private static final Set<String> SETTLED = Set.of("CONFIRMED", "REJECTED", "CANCELLED");
    private static final String WAIT = "wait=30";
    /** After the answer to the placing, which has waited already. */
    private static final Duration SETTLING_TIMEOUT = Duration.ofSeconds(60);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);

    private final PlatformClient platform;

    Shop(PlatformClient platform) {
        this.platform = platform;
    }

    /** The platform refused, and asking again would not help. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    void receive(Stretch.Receipt receipt) throws Refused, Unreachable, InterruptedException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("quantity", receipt.quantity());
        if (!receipt.name().isEmpty()) {
            body.put("name", receipt.name());
        }
        require(platform.post(
                "/api/stock/" + encode(receipt.sku()) + "/receipts",
                body,
                "Idempotency-Key",
                "import-" + receipt.day() + "-" + receipt.sku()));
    }

    Outcome place(Invoice invoice) throws Refused, Unreachable, InterruptedException {
        Instant start = Instant.now();
        Answer placed = require(platform.post(
                "/api/orders", order(invoice), "Idempotency-Key", "import-" + invoice.number(), "Prefer", WAIT));
        if (placed.text("status").equals("CONFIRMED")) {
            return new Outcome(invoice, "CONFIRMED", "", Duration.between(start, Instant.now()));
        }
        Duration answered = Duration.between(start, Instant.now());
        Answer settled = awaitSettled(invoice.number());
        boolean inTheAnswer = SETTLED.contains(placed.text("status"));
        return new Outcome(
                invoice,
                settled.text("status"),
                settled.body().path("rejection").path("code").asString(""),
                inTheAnswer ? answered : Duration.between(start, Instant.now()));
    }

    void cancel(Invoice sale, Invoice cancellation) throws Refused, Unreachable, InterruptedException {
        require(platform.post(
                "/api/orders/" + encode(sale.number()) + "/cancellation",
                Map.of("reason", "Taken back with invoice " + cancellation.number()),
                "Idempotency-Key",
                "import-" + cancellation.number()));
    }

    boolean isSettled(String invoice) throws Unreachable, InterruptedException {
        Answer found = platform.get("/api/orders/" + encode(invoice));
        return found.succeeded() && SETTLED.contains(found.text("status"));
    }

    private Answer awaitSettled(String invoice) throws Refused, Unreachable, InterruptedException {
        Instant limit = Instant.now().plus(SETTLING_TIMEOUT);
        while (true) {
            // The read model may not have heard of an order that was just placed.
            Answer order = platform.get("/api/orders/" + encode(invoice));
            if (SETTLED.contains(order.text("status"))) {
                return order;
            }
            if (Instant.now().isAfter(limit)) {
                throw new Refused("not settled within %s, it is %s"
                        .formatted(SETTLING_TIMEOUT, order.succeeded() ? order.text("status") : order.problem()));
            }
            Thread.sleep(POLL_INTERVAL);
        }
    }

    private static Map<String, Object> order(Invoice invoice) {
        Map<String, Object> order = new LinkedHashMap<>();
        order.put("orderId", invoice.number());
        order.put("customerId", invoice.customer());
        order.put("currency", "GBP");
        if (!invoice.customer().equals(Invoice.GUEST)) {
            order.put("contact", Map.of("email", invoice.customer() + "@customers.example"));
        }
        List<Map<String, ?>> lines = invoice.lines().stream()
                .<Map<String, ?>>map(
                        line -> Map.of("sku", line.sku(), "quantity", line.quantity(), "unitPrice", line.pennies()))
                .toList();
        order.put("lines", lines);
        return order;
    }

    private static Answer require(Answer answer) throws Refused {
        if (!answer.succeeded()) {
            throw new Refused(answer.problem());
        }
        return answer;
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
