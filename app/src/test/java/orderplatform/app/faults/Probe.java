package orderplatform.app.faults;

import java.util.Optional;
import java.util.Random;

/** Tries to buy until it can: tells how long nobody could. */
final class Probe {

    private final Shopper shopper;

    Probe(Random random, Caller caller) {
        shopper = new Shopper("probe", random, caller);
    }

    /** Seconds since a moment of {@link System#nanoTime} until an order is accepted, on whichever node. */
    double awaitSale(long since) throws InterruptedException {
        return seconds(since, shopper.buy(Assortment.HOT));
    }

    /** The same at one node. */
    double awaitSaleAt(int node, long since) throws InterruptedException {
        return seconds(since, shopper.buyAt(node, Assortment.HOT));
    }

    private static double seconds(long since, Optional<Caller.Answer> sale) {
        return sale.filter(it -> it.status() == 201).isPresent()
                ? (System.nanoTime() - since) / 1e9
                : Shopper.GIVES_UP_AFTER.toSeconds();
    }
}
