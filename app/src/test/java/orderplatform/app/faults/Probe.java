package orderplatform.app.faults;

import java.util.Random;

/** Tries to buy until it can: tells how long nobody could. */
final class Probe {

    private final Shopper shopper;

    Probe(Random random, Caller caller) {
        shopper = new Shopper("probe", random, caller);
    }

    /** Seconds since a moment of {@link System#nanoTime} until an order is accepted, on whichever node. */
    double awaitSale(long since) throws InterruptedException {
        if (shopper.buy(Assortment.HOT).filter(it -> it.status() == 201).isEmpty()) {
            return Double.POSITIVE_INFINITY;
        }
        return (System.nanoTime() - since) / 1e9;
    }
}
