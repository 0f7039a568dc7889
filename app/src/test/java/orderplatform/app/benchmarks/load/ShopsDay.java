package orderplatform.app.benchmarks.load;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import orderplatform.app.benchmarks.process.Connection;

/**
 * The calls of a shop's day: of a hundred, 70 look at orders and stock, 20 place orders of 1 to 30 lines, and 10 cancel,
 * take in goods, or ask for a history. Few SKUs, customers and recent orders get most of them.
 */
public final class ShopsDay {

    private static final int CUSTOMERS = 4_000;
    private static final int RECENT = 1_000;
    private static final int MAX_LINES = 30;
    private static final int MAX_QUANTITY = 12;

    private static final Zipf SKUS = new Zipf(Shop.SKUS);
    private static final Zipf CUSTOMER_RANKS = new Zipf(CUSTOMERS);
    private static final Zipf ORDER_RANKS = new Zipf(RECENT);

    private final Shop shop;
    private final AtomicReferenceArray<Recent> recent = new AtomicReferenceArray<>(RECENT);
    private final AtomicInteger placed = new AtomicInteger();
    private final AtomicInteger keys = new AtomicInteger();
    private final AtomicLong position = new AtomicLong();

    /** An order with the token that its customer was given. */
    private record Recent(String id, String token) {}

    public ShopsDay(Shop shop) {
        this.shop = shop;
    }

    /** One call, which which one is a matter of chance. */
    public void call(Connection connection, RandomGenerator random) throws IOException, InterruptedException {
        int kind = random.nextInt(100);
        if (kind < 20 || recent.get(0) == null) {
            place(connection, random);
        } else if (kind < 60) {
            look(connection, order(random));
        } else if (kind < 70) {
            connection
                    .get("/api/orders?limit=20&customerId=" + customer(random))
                    .expect(200);
        } else if (kind < 90) {
            connection.get("/api/stock/" + sku(random)).expect(200);
        } else if (kind < 93) {
            cancel(connection, random);
        } else if (kind < 95) {
            receive(connection, random);
        } else {
            connection
                    .get("/api/orders/%s/history".formatted(order(random).id()))
                    .expect(200);
        }
    }

    /** As its customer does, who brings the token and asks again if the order is not shown yet. The peers' positions become visible out of order, so that a token may be passed before its order is shown. */
    private static void look(Connection connection, Recent order) throws IOException {
        Connection.Answer answer;
        do {
            answer = connection.get("/api/orders/" + order.id(), "Consistency-Token", order.token());
        } while (answer.status() == 503 || answer.status() == 404);
        answer.expect(200);
    }

    /** Until all that was placed is settled. */
    public void awaitSettled() throws IOException, InterruptedException {
        shop.awaitSettled(position.get());
    }

    private void place(Connection connection, RandomGenerator random) throws IOException, InterruptedException {
        var lines = IntStream.generate(() -> SKUS.next(random))
                .distinct()
                .limit(random.nextInt(1, MAX_LINES + 1))
                .mapToObj(sku -> "{\"sku\":\"%s\",\"quantity\":%d,\"unitPrice\":255}"
                        .formatted(Shop.sku(sku), random.nextInt(1, MAX_QUANTITY + 1)))
                .collect(Collectors.joining(","));
        var answer = shop.send(
                connection,
                "{\"customerId\":\"%s\",\"currency\":\"GBP\",\"lines\":[%s]}".formatted(customer(random), lines));
        position.accumulateAndGet(answer.number("Consistency-Token"), Math::max);
        recent.set(
                placed.getAndIncrement() % RECENT,
                new Recent(Shop.orderId(answer), answer.header("Consistency-Token")));
    }

    /** One that is on its way or done already may have become another thing meanwhile. */
    private void cancel(Connection connection, RandomGenerator random) throws IOException {
        var answer = connection.post(
                "/api/orders/%s/cancellation".formatted(order(random).id()),
                "{\"reason\":\"ordered twice\"}",
                "Idempotency-Key",
                "day-" + keys.incrementAndGet());
        if (answer.status() != 409) {
            position.accumulateAndGet(answer.expect(200).number("Consistency-Token"), Math::max);
        }
    }

    private void receive(Connection connection, RandomGenerator random) throws IOException, InterruptedException {
        Shop.write(
                connection,
                "/api/stock/%s/receipts".formatted(sku(random)),
                "{\"quantity\":100}",
                "day-" + keys.incrementAndGet());
    }

    private static String sku(RandomGenerator random) {
        return Shop.sku(SKUS.next(random));
    }

    private static String customer(RandomGenerator random) {
        return "customer-" + CUSTOMER_RANKS.next(random);
    }

    /** The newest are asked for most. */
    private Recent order(RandomGenerator random) {
        int newest = placed.get() - 1;
        int rank = Math.min(ORDER_RANKS.next(random), Math.min(newest, RECENT - 1));
        var order = recent.get((newest - rank) % RECENT);
        // Its place is taken a moment before it is put there.
        return order == null ? recent.get(0) : order;
    }
}
