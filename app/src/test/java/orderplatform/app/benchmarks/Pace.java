package orderplatform.app.benchmarks;

import java.util.function.IntFunction;

/** Finds how many orders fill a round. */
interface Pace {

    int FIRST = Settings.CLIENTS;

    /** An order must not wait longer for its stock than the platform lets it, so a round does not grow faster. */
    int GROWTH = 8;

    /** The first orders say nothing of the pace. */
    int AT_LEAST = 3;

    /** Places orders until the JVM is warm. Returns how many were settled in about the time of a round. */
    static int warmUp(Shop shop, Settings settings, IntFunction<String> sku) throws Exception {
        int orders = FIRST;
        var until = System.nanoTime() + settings.warmUp().toNanos();
        for (int i = 0; i < AT_LEAST || System.nanoTime() < until; i++) {
            var perSecond = shop.place(Settings.CLIENTS, orders, sku).perSecond();
            orders = Math.min(orders * GROWTH, Math.max(FIRST, (int)
                    (perSecond * settings.round().toMillis() / 1000)));
        }
        return orders;
    }
}
