package orderplatform.app.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import orderplatform.api.CustomerId;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.orders.OrderCommand;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderLine;

/** Those who order, cancel and deliver, and what they were answered. */
final class Customers {

    private static final int CLIENTS = 3;
    private static final int MOST_ORDERS = 5;
    private static final int DELIVERIES = 4;
    private static final int MOST_PIECES = 8;
    private static final List<Sku> SKUS = List.of(new Sku("tea"), new Sku("cup"), new Sku("pot"));

    private final Shop shop;
    private final Scheduler scheduler;
    private final SplittableRandom random;
    private final Map<String, Call> calls = new TreeMap<>();
    private int busy;
    private int stocked;

    Customers(Shop shop, SplittableRandom random) {
        this.shop = shop;
        this.scheduler = shop.scheduler();
        this.random = random;
    }

    /** A command by its id, and what became of it. */
    record Call(Object command, Object answer) {}

    /** Sends it until it is answered. */
    private void call(String commandId, Object command) {
        calls.put(commandId, new Call(command, shop.call(commandId, command)));
    }

    void come() {
        SKUS.forEach(sku -> start("supplier", () -> deliver(sku)));
        IntStream.range(0, CLIENTS).forEach(client -> start("client-" + client, () -> order(client)));
    }

    private void start(String name, Runnable work) {
        busy++;
        scheduler.spawn(null, name, () -> {
            work.run();
            busy--;
        });
    }

    boolean areDone() {
        return busy == 0;
    }

    Map<String, Call> calls() {
        return calls;
    }

    private void deliver(Sku sku) {
        long onHand = 0;
        for (int i = 0; i < DELIVERIES; i++) {
            var id = sku + "-" + i;
            var pieces = 1 + random.nextInt(MOST_PIECES);
            call(id, new StockCommand.Receive(sku, id, pieces, null, null, null));
            onHand += pieces;
            if (i == 0) {
                stocked++;
            }
            pause(3_000);
        }
        call(sku + "-count", new StockCommand.Adjust(sku, sku + "-count", onHand, onHand - 1, "broken", null));
    }

    /** Once every SKU exists: what is unknown is refused before it comes to the lanes. */
    private void order(int client) {
        scheduler.await(() -> stocked == SKUS.size());
        var orders = 1 + random.nextInt(MOST_ORDERS);
        for (int i = 0; i < orders; i++) {
            var orderId = new OrderId("o%d-%d".formatted(client, i));
            call(
                    "place-" + orderId,
                    new OrderCommand.Place(orderId, new CustomerId("c" + client), "EUR", null, lines(), 0));
            if (random.nextInt(4) == 0) {
                pause(5_000);
                call("cancel-" + orderId, new OrderCommand.Cancel(orderId, "changed my mind", null));
            }
            pause(2_000);
        }
    }

    private List<OrderLine> lines() {
        var free = random.nextInt(8) == 0;
        var lines = new ArrayList<OrderLine>();
        var count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            var sku = SKUS.get(random.nextInt(SKUS.size()));
            lines.add(new OrderLine(sku, 1 + random.nextInt(3), free ? 0 : 100));
        }
        return lines;
    }

    private void pause(int atMostMillis) {
        scheduler.sleep(Duration.ofMillis(random.nextInt(atMostMillis)));
    }
}
