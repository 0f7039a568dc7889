package orderplatform.app.faults.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import orderplatform.app.faults.stand.Stand;

/** One client with choices of its own: buys, cancels, delivers, corrects, and looks at what it did. */
public final class Shopper {

    private static final Duration AGAIN_AFTER = Duration.ofMillis(200);
    static final Duration GIVES_UP_AFTER = Duration.ofMinutes(3);
    private static final double REPEATED = 0.1;
    private static final double LOOKED_AT = 0.4;

    /** How many orders of a hundred go to a customer whose payments are peculiar, by how the id begins. */
    private static final Map<String, Integer> CUSTOMERS =
            Map.of("pay-decline", 6, "pay-slow", 4, "pay-timeout", 3, "pay-webhook", 6, "pay-late", 4, "pay-down", 1);

    private final String name;
    private final Random random;
    private final Caller caller;
    private final List<String> accepted = new ArrayList<>();
    private int made;

    public Shopper(String name, Random random, Caller caller) {
        this.name = name;
        this.random = random;
        this.caller = caller;
    }

    /** Does one thing to its end: until it is answered for good, on whichever node. */
    void act() throws InterruptedException {
        var chance = random.nextInt(100);
        if (chance < 82) {
            place();
        } else if (chance < 90 && !accepted.isEmpty()) {
            cancel(accepted.remove(random.nextInt(accepted.size())));
        } else if (chance < 95) {
            receive(Assortment.scarce(random), 1 + random.nextInt(5));
        } else {
            adjust(Assortment.plentiful(random));
        }
    }

    private void place() throws InterruptedException {
        var id = next("order");
        var sku = Assortment.any(random);
        var lines = new StringJoiner(",", "[", "]").add(line(sku));
        for (int more = random.nextInt(3); more > 0; more--) {
            lines.add(line(Assortment.any(random)));
        }
        var body = "{\"orderId\":\"%s\",\"customerId\":\"%s\",\"currency\":\"GBP\"%s,\"lines\":%s}"
                .formatted(id, customer(), contact(), lines);
        var answer = write("/api/orders", Map.of("Idempotency-Key", id), body);
        if (answer.filter(it -> it.status() == 201).isPresent()) {
            accepted.add(id);
            look("/api/orders/" + id, answer.get());
        }
    }

    private String line(String sku) {
        return "{\"sku\":\"%s\",\"quantity\":%d,\"unitPrice\":%d}"
                .formatted(sku, 1 + random.nextInt(3), 100 + random.nextInt(400));
    }

    private String customer() {
        int chance = random.nextInt(100);
        for (var customer : CUSTOMERS.entrySet()) {
            chance -= customer.getValue();
            if (chance < 0) {
                return customer.getKey() + "-" + random.nextInt(100);
            }
        }
        return String.valueOf(10_000 + random.nextInt(1_000));
    }

    private String contact() {
        return switch (random.nextInt(4)) {
            case 0 -> "";
            case 1 -> ",\"contact\":{\"email\":\"%s@shop.example\",\"phone\":\"+441632960000\"}".formatted(name);
            default -> ",\"contact\":{\"email\":\"%s@shop.example\"}".formatted(name);
        };
    }

    public void cancel(String orderId) throws InterruptedException {
        write(
                "/api/orders/%s/cancellation".formatted(orderId),
                Map.of("Idempotency-Key", "cancel-" + orderId),
                "{\"reason\":\"changed my mind\"}");
    }

    public void receive(String sku, long quantity) throws InterruptedException {
        receive(random.nextInt(Stand.NODES), sku, quantity);
    }

    /** @param node that is asked first */
    public void receive(int node, String sku, long quantity) throws InterruptedException {
        write(
                node,
                1,
                "/api/stock/%s/receipts".formatted(sku),
                Map.of("Idempotency-Key", next("receipt")),
                "{\"quantity\":%d}".formatted(quantity));
    }

    /** From what it is shown, which may be out of date: then it is refused. */
    private void adjust(String sku) throws InterruptedException {
        var shown = caller.get(random.nextInt(Stand.NODES), "/api/stock/" + sku, Map.of());
        if (shown.filter(it -> it.status() == 200).isPresent()) {
            long onHand = shown.get().json().path("onHand").asLong();
            write(
                    "/api/stock/%s/adjustments".formatted(sku),
                    Map.of("Idempotency-Key", next("adjustment")),
                    "{\"from\":%d,\"to\":%d,\"reason\":\"counted\"}".formatted(onHand, onHand + 1));
        }
    }

    private String next(String kind) {
        return "%s-%s-%d".formatted(kind, name, ++made);
    }

    private Optional<Caller.Answer> write(String path, Map<String, String> headers, String body)
            throws InterruptedException {
        return write(random.nextInt(Stand.NODES), 1, path, headers, body);
    }

    /**
     * With the same key again until there is an answer that stays; sometimes once more, to hear it again.
     *
     * @param step from the node that did not answer to the next one
     */
    private Optional<Caller.Answer> write(int first, int step, String path, Map<String, String> headers, String body)
            throws InterruptedException {
        var until = System.nanoTime() + GIVES_UP_AFTER.toNanos();
        int node = first;
        var answer = caller.post(node, path, headers, body);
        while (answer.filter(Caller.Answer::isFinal).isEmpty() && System.nanoTime() < until) {
            Thread.sleep(AGAIN_AFTER);
            node = (node + step) % Stand.NODES;
            answer = caller.post(node, path, headers, body);
        }
        if (random.nextDouble() < REPEATED) {
            caller.post(random.nextInt(Stand.NODES), path, headers, body);
        }
        return answer.filter(Caller.Answer::isFinal);
    }

    private void look(String path, Caller.Answer written) throws InterruptedException {
        if (random.nextDouble() < LOOKED_AT) {
            caller.get(random.nextInt(Stand.NODES), path, Map.of("Consistency-Token", written.token()));
        }
    }

    /** Orders one piece, again and again until that is answered. */
    public Optional<Caller.Answer> buy(String sku) throws InterruptedException {
        return buyAs(next("order"), sku);
    }

    /** @param id of the order, which is there once however often it is asked for */
    public Optional<Caller.Answer> buyAs(String id, String sku) throws InterruptedException {
        return write("/api/orders", Map.of("Idempotency-Key", id), onePiece(id, contact(), sku));
    }

    /** The same without an address, so that nobody is told what becomes of it. */
    public Optional<Caller.Answer> buyUntold(String sku) throws InterruptedException {
        var id = next("order");
        return write("/api/orders", Map.of("Idempotency-Key", id), onePiece(id, "", sku));
    }

    /** With an address, at one node only. */
    Optional<Caller.Answer> buyAt(int node, String sku) throws InterruptedException {
        var id = next("order");
        return write(node, 0, "/api/orders", Map.of("Idempotency-Key", id), onePiece(id, contact(), sku));
    }

    /** @param contact with a comma in front; empty for none */
    static String onePiece(String id, String contact, String sku) {
        return "{\"orderId\":\"%s\",\"customerId\":\"17850\",\"currency\":\"GBP\"%s,\"lines\":[{\"sku\":\"%s\",\"quantity\":1,\"unitPrice\":255}]}"
                .formatted(id, contact, sku);
    }
}
