package orderplatform.app.benchmarks.scenario;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import orderplatform.app.benchmarks.floor.ByHand;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Progress;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Round;
import orderplatform.app.benchmarks.result.Rounds;

/** Finds how many orders fill a round. */
public interface Pace {

    int FIRST = Settings.CLIENTS;

    /** An order must not wait longer for its stock than the platform lets it, so a round does not grow faster. */
    int GROWTH = 8;

    /** The first rounds say nothing. */
    int AT_LEAST = 3;

    /** Of the time of a round, what compilers may still take of one core in a JVM that is warm. */
    double SETTLED = 0.1;

    /** Places orders until the JVM is warm. Returns how many were settled in about the time of a round. */
    static int warmUp(Shop shop, Settings settings, IntFunction<String> sku) throws Exception {
        var pace = new AtomicInteger(FIRST);
        settle(shop, settings, () -> {
            var perSecond = shop.place(Settings.CLIENTS, pace.get(), sku).perSecond();
            var fitting = Math.max(FIRST, (int) (perSecond * settings.round().toMillis() / 1000));
            return pace.updateAndGet(last -> Math.min(last * GROWTH, fitting));
        });
        return pace.get();
    }

    /** The same for what tells nothing of its compilers, and has less to compile. */
    static int warmUp(ByHand product, Settings settings) throws Exception {
        int pace = FIRST;
        var until = System.nanoTime() + settings.warmUp().dividedBy(2).toNanos();
        for (int i = 0; i < AT_LEAST || System.nanoTime() < until; i++) {
            var perSecond = product.place(pace, Shop::anySku).perSecond();
            pace = Math.min(pace * GROWTH, Math.max(FIRST, (int)
                    (perSecond * settings.round().toMillis() / 1000)));
        }
        return pace;
    }

    /** Warms each of the shops up, and then has them take turns. */
    static Rounds<String, Round> alternate(Map<String, Shop> shops, Settings settings, IntFunction<String> sku)
            throws Exception {
        Map<String, Integer> paces = new HashMap<>();
        for (var shop : shops.entrySet()) {
            paces.put(shop.getKey(), warmUp(shop.getValue(), settings, sku));
        }
        return Rounds.alternate(
                settings.rounds(),
                shops.keySet(),
                name -> shops.get(name).place(Settings.CLIENTS, paces.get(name), sku));
    }

    /** Repeats a round until the platform's compilers have come to rest; those of two nodes share the cores, and need longer. */
    static void settle(Shop shop, Settings settings, Callable<?> round) throws Exception {
        double compiling = 1;
        var until = System.nanoTime()
                + settings.warmUp().multipliedBy(shop.nodes().size()).toNanos();
        for (int i = 0; i < AT_LEAST || compiling > SETTLED && System.nanoTime() < until; i++) {
            var before = shop.compileSeconds();
            var start = System.nanoTime();
            round.call();
            compiling = (shop.compileSeconds() - before) * 1e9 / (System.nanoTime() - start);
        }
        Progress.say("  warm; compilers take %.0f %% of a core", 100 * compiling);
    }
}
