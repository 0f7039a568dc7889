package orderplatform.app.faults.kind;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import orderplatform.app.benchmarks.process.Progress;
import orderplatform.app.faults.load.Shopper;
import orderplatform.app.faults.stand.Stand;

/** Many buyers at both nodes want the 100 pieces of one SKU: exactly 100 are sold, and each node takes a third of the turns. */
public final class LastPieces implements Fault {

    private static final long PIECES = 100;
    private static final int CLIENTS = 100;
    private static final Duration SOLD_WITHIN = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(300);

    private static final int THIRD = 33;

    private final boolean quick;
    private final int buyers;
    private final int smallestShare;
    private int races;

    public LastPieces(boolean quick) {
        this.quick = quick;
        buyers = quick ? 200 : 10_000;
        // Within so few orders a node that was just started is far behind.
        smallestShare = quick ? 1 : THIRD;
    }

    @Override
    public String fullName() {
        return "last-pieces";
    }

    @Override
    public int fullRuns() {
        return 100;
    }

    @Override
    public boolean keepsNodesBusy() {
        return !quick;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        var sku = "RACE-" + ++races;
        var shopper = new Shopper("race-" + races, random, scene.caller());
        shopper.receive(sku, PIECES);
        buy(scene, sku, random);
        long sold = sold(scene.stand(), shopper, sku);
        if (sold != PIECES) {
            return Outcome.missedWhere(true, "exactly %d sold, not %d".formatted(PIECES, sold));
        }
        long share = smallestShare(scene.stand(), sku);
        Progress.say("%s: one node took %d %% of the turns", sku, share);
        return Outcome.missedWhere(
                share < smallestShare, "at least %d %% of the turns each, not %d".formatted(smallestShare, share));
    }

    private void buy(Scene scene, String sku, Random random) throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            var clients = IntStream.range(0, CLIENTS)
                    .mapToObj(client -> new Shopper(
                            "buyer-%d-%d".formatted(races, client), new Random(random.nextLong()), scene.caller()))
                    .<Future<?>>map(shopper -> threads.submit(() -> {
                        for (int i = 0; i < buyers / CLIENTS; i++) {
                            shopper.buyUntold(sku);
                        }
                        return null;
                    }))
                    .toList();
            for (var client : clients) {
                client.get();
            }
        }
    }

    /** Pieces that are sold in the end: those of orders whose payment took too long go to buyers who come later. */
    private static long sold(Stand stand, Shopper latecomer, String sku) throws Exception {
        var until = System.nanoTime() + SOLD_WITHIN.toNanos();
        while (count(stand, sku, "allocated") < PIECES && System.nanoTime() < until) {
            Thread.sleep(POLL);
            if (count(stand, sku, "reserved") - count(stand, sku, "released") < PIECES) {
                latecomer.buy(sku);
            }
        }
        return count(stand, sku, "allocated");
    }

    private static long count(Stand stand, String sku, String what) throws Exception {
        return stand.database()
                .number("SELECT count(*) FROM event_log.event WHERE stream = 'stock-%s' AND event_type = 'stock.%s'"
                        .formatted(sku, what));
    }

    /** Of the reservations that were tried, how many of a hundred the node tried that tried fewest. */
    private static long smallestShare(Stand stand, String sku) throws Exception {
        return stand.database().number("""
                SELECT CASE WHEN count(*) < %d THEN 0 ELSE 100 * min(turns) / sum(turns) END
                FROM (SELECT count(*) AS turns
                      FROM event_log.event e
                      WHERE e.stream = 'stock-%s' AND e.event_type IN ('stock.reserved', 'stock.reservation-rejected')
                      GROUP BY (SELECT b.node FROM event_log.batch b WHERE b.first_position <= e.position
                                ORDER BY b.first_position DESC LIMIT 1)) shares""".formatted(Stand.NODES, sku));
    }
}
