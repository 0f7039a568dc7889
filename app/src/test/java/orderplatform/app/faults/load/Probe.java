package orderplatform.app.faults.load;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import orderplatform.app.benchmarks.process.Progress;

/** Tries to buy until it can: tells how long nobody could. */
public final class Probe {

    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final Duration SPEAKS_EVERY = Duration.ofMinutes(1);

    private final Shopper shopper;

    public Probe(Random random, Caller caller) {
        shopper = new Shopper("probe", random, caller);
    }

    /** Seconds since a moment of {@link System#nanoTime} until an order is accepted, on whichever node. */
    public double awaitSale(long since) throws InterruptedException {
        return seconds(since, shopper.buy(Assortment.HOT));
    }

    /** The same at one node. */
    public double awaitSaleAt(int node, long since) throws InterruptedException {
        return seconds(since, shopper.buyAt(node, Assortment.HOT));
    }

    /** Buys every few seconds while something lasts. Returns the longest that it had to wait for an order, in seconds. */
    public double sellFor(Duration time) throws InterruptedException {
        var began = System.nanoTime();
        var speaksAt = SPEAKS_EVERY;
        double longest = awaitSale(began);
        for (var left = time; left.isPositive(); left = time.minusNanos(System.nanoTime() - began)) {
            Thread.sleep(left.compareTo(PAUSE) < 0 ? left : PAUSE);
            longest = Math.max(longest, awaitSale(System.nanoTime()));
            if (System.nanoTime() - began > speaksAt.toNanos()) {
                Progress.say("  %d of %d min", speaksAt.toMinutes(), time.toMinutes());
                speaksAt = speaksAt.plus(SPEAKS_EVERY);
            }
        }
        return longest;
    }

    private static double seconds(long since, Optional<Caller.Answer> sale) {
        return sale.filter(it -> it.status() == 201).isPresent()
                ? (System.nanoTime() - since) / 1e9
                : Shopper.GIVES_UP_AFTER.toSeconds();
    }
}
