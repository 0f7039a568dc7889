package orderplatform.app.benchmarks.byhand;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * An order under way.
 *
 * @param answer is completed with the body for the caller once the order is stored
 */
record Order(UUID id, UUID correlation, String key, byte[] fingerprint, Body body, CompletableFuture<Answer> answer) {

    record Body(String customerId, String currency, Contact contact, List<Line> lines) {}

    record Contact(String email) {}

    record Line(String sku, int quantity, long unitPrice) {

        long total() {
            return quantity * unitPrice;
        }
    }

    /**
     * What the caller is told; a repeated call is told the same.
     *
     * @param headers a JSON object
     */
    record Answer(int status, String headers, String body) {}

    String paymentId() {
        return "pay-" + id;
    }

    long total() {
        return body.lines.stream().mapToLong(Line::total).sum();
    }

    /** As they stand in the event. */
    String ordered() {
        return body.lines.stream()
                .map(line -> "{\"sku\":\"" + line.sku + "\",\"quantity\":" + line.quantity + ",\"unitPrice\":"
                        + line.unitPrice + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** As they are shown. */
    String lines() {
        return body.lines.stream()
                .map(line -> "{\"sku\":\"" + line.sku + "\",\"quantity\":" + line.quantity + ",\"unitPrice\":"
                        + line.unitPrice + ",\"lineTotal\":" + line.total() + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** As the settled order is shown. */
    String view(long position, Instant at) {
        return "{\"orderId\":\"" + id + "\",\"customerId\":\"" + body.customerId
                + "\",\"status\":\"CONFIRMED\",\"currency\":\""
                + body.currency + "\",\"total\":" + total() + ",\"lines\":" + lines()
                + ",\"payment\":{\"status\":\"AUTHORISED\",\"authorised\":" + total()
                + ",\"captured\":0,\"refunded\":0},\"updatedAt\":\"" + at + "\",\"version\":1,\"position\":" + position
                + "}";
    }

    String sales() {
        return body.lines.stream()
                .map(line -> "{\"sku\":\"" + line.sku + "\",\"amount\":" + line.total() + ",\"quantity\":"
                        + line.quantity + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    String email() {
        return body.contact == null ? null : body.contact.email;
    }
}
