package orderplatform.app.benchmarks.byhand;

import java.util.Map;
import java.util.UUID;

/** What follows from each piece of work: the same events as the platform's, with the same contents. */
final class Decisions {

    private final Batch batch;
    private final Map<String, Stock> stock;

    Decisions(Batch batch, Map<String, Stock> stock) {
        this.batch = batch;
        this.stock = stock;
    }

    void decide(Work work) {
        switch (work) {
            case Work.Place(Order order) -> place(order);
            case Work.Settle(Order order, UUID cause) -> settle(order, cause);
            case Work.Capture(Order order, UUID cause) -> capture(order, cause);
            case Work.Receive receipt -> receive(receipt);
        }
    }

    private void place(Order order) {
        if (!order.body().lines().stream().allMatch(line -> item(line.sku()).has(line.quantity()))) {
            order.answer().complete(new Order.Answer(409, "{}", "{\"type\":\"/problems/insufficient-stock\"}"));
            return;
        }
        var id = order.id();
        long position = batch.next();
        var email = order.email() == null ? "" : ",\"contact\":{\"email\":\"" + order.email() + "\"}";
        var placed = batch.append(
                "order-" + id,
                0,
                "order.placed",
                "Order",
                "{\"orderId\":\"" + id + "\",\"customerId\":\"" + order.body().customerId() + "\",\"lines\":"
                        + order.ordered() + ",\"total\":" + amount(order) + email + "}",
                order.correlation(),
                null);
        for (var line : order.body().lines()) {
            var item = item(line.sku());
            item.reserve(line.quantity(), batch.next());
            moved(item, line, "stock.reserved", order, placed.id());
        }
        var asked = payment(order, 0, "payment.authorisation-requested", placed.id(), "");
        var headers = "{\"Consistency-Token\":\"" + position
                + "\",\"Content-Type\":\"application/json\",\"ETag\":\"\\\"0\\\"\",\"Location\":\"/api/orders/" + id
                + "\"}";
        var body = "{\"orderId\":\"" + id + "\",\"status\":\"PLACED\",\"version\":0,\"position\":" + position + "}";
        batch.placed(new Batch.Placed(order, position, asked, new Order.Answer(201, headers, body)));
    }

    private void settle(Order order, UUID cause) {
        var authorised = payment(order, 1, "payment.authorised", cause, "authorise");
        var confirmed = batch.append(
                "order-" + order.id(),
                1,
                "order.confirmed",
                "Order",
                "{\"orderId\":\"" + order.id() + "\"}",
                order.correlation(),
                authorised.id());
        for (var line : order.body().lines()) {
            var item = item(line.sku());
            item.allocate(line.quantity(), batch.next());
            moved(item, line, "stock.allocated", order, confirmed.id());
        }
        var asked = payment(order, 2, "payment.capture-requested", confirmed.id(), "");
        batch.settled(new Batch.Moved(order, asked));
    }

    private void capture(Order order, UUID cause) {
        batch.captured(new Batch.Moved(order, payment(order, 3, "payment.captured", cause, "capture")));
    }

    private Event payment(Order order, long version, String type, UUID cause, String step) {
        var reference = step.isEmpty() ? "" : ",\"reference\":\"stand-in-" + order.paymentId() + "-" + step + "\"";
        return batch.append(
                "payment-" + order.paymentId(),
                version,
                type,
                "Payment",
                "{\"paymentId\":\"" + order.paymentId() + "\",\"orderId\":\"" + order.id() + "\",\"amount\":"
                        + amount(order) + reference + "}",
                order.correlation(),
                cause);
    }

    private static String amount(Order order) {
        return "{\"amount\":" + order.total() + ",\"currency\":\""
                + order.body().currency() + "\"}";
    }

    private void moved(Stock item, Order.Line line, String type, Order order, UUID cause) {
        batch.append(
                item.stream(),
                item.version(),
                type,
                "StockItem",
                "{\"sku\":\"" + item.sku() + "\",\"orderId\":\"" + order.id() + "\",\"quantity\":" + line.quantity()
                        + ",\"levels\":" + item.levels() + "}",
                order.correlation(),
                cause);
        batch.changed(item);
    }

    private void receive(Work.Receive receipt) {
        var item = item(receipt.sku());
        item.receive(receipt.quantity(), batch.next());
        batch.append(
                item.stream(),
                item.version(),
                "stock.received",
                "StockItem",
                "{\"sku\":\"" + item.sku() + "\",\"quantity\":" + receipt.quantity() + ",\"levels\":" + item.levels()
                        + "}",
                Ids.next(),
                null);
        batch.changed(item);
    }

    private Stock item(String sku) {
        return stock.computeIfAbsent(sku, Stock::new);
    }
}
