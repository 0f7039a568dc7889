package orderplatform.app.benchmarks.scenario.orders;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import orderplatform.app.benchmarks.load.Audit;
import orderplatform.app.benchmarks.load.Calls;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.load.ShopsDay;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Pace;
import orderplatform.app.benchmarks.scenario.Scenario;

/** B17: a shop's day, calls/s at the p99 that the slowest contender has at half of its highest rate. */
public final class Mixed implements Scenario {

    private static final String UNIT = "calls/s";

    /** From one rate to the next that is tried. */
    private static final double STEP = 1.25;

    private static final double QUICK_STEP = 2;

    /** A rate that leaves orders open for longer after the last call is none that lasts. */
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(2);

    private final Map<Contender, ShopsDay> days = new EnumMap<>(Contender.class);
    private final Map<Contender, Double> rates = new EnumMap<>(Contender.class);

    /**
     * Calls at a fixed rate.
     *
     * @param p99 milliseconds
     * @param asked calls per second
     * @param perSecond calls that were answered
     * @param open from the last answer until all orders are settled
     */
    private record Trial(double p99, double asked, double perSecond, Duration open) {

        boolean keepsUp(double limit) {
            return p99 <= limit && open.compareTo(SETTLED_WITHIN) <= 0;
        }
    }

    @Override
    public String key() {
        return "mixed";
    }

    @Override
    public String title() {
        return "B17: a shop's day of queries, orders of 1 to 30 lines, cancellations and receipts, calls/s at the same p99";
    }

    /** A peer needs minutes to settle such orders while it is cold. */
    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var settings = arena.settings();
        var slowest = settings.quick() ? Contender.TUNED : Contender.STOCK;
        for (var contender : settings.contenders()) {
            // The books know nothing of what others have ordered in the same log.
            var shop = arena.shop(contender).startBooks(Shop.skus());
            var day = new ShopsDay(shop);
            days.put(contender, day);
            Pace.settle(shop, settings, () -> asFastAsItGoes(shop, day, settings.round()));
        }
        double rate = asFastAsItGoes(arena.shop(slowest), days.get(slowest), settings.round()) / 2;
        double limit = at(rate, arena.shop(slowest), days.get(slowest), settings.round())
                .p99();
        result.more("p99 that is kept", Figure.of(limit, "ms"));
        settings.contenders().forEach(contender -> rates.put(contender, rate));
        var rounds = Rounds.alternate(
                settings.rounds(), settings.contenders(), contender -> highest(contender, limit, arena));
        for (var contender : settings.contenders()) {
            result.figure(contender.key(), rounds.figure(contender, Trial::perSecond, UNIT))
                    .more("p99, " + contender.key(), rounds.figure(contender, Trial::p99, "ms"))
                    .checks(contender.key(), Audit.of(arena.shop(contender)));
        }
        return result.atLeast("stock", 20, rounds.ratio(Contender.OURS, Contender.STOCK, Trial::perSecond))
                .ratio("tuned", rounds.ratio(Contender.OURS, Contender.TUNED, Trial::perSecond))
                .note(
                        "The limit is the p99 of %s at half of what it answers at most; a rate counts if p99 keeps to it and"
                                        .formatted(slowest.key())
                                + " all orders are settled %d s after the last call."
                                        .formatted(SETTLED_WITHIN.toSeconds()));
    }

    /** Goes up from the rate of the last round while it keeps up, else down. */
    private Trial highest(Contender contender, double limit, Arena arena) throws Exception {
        double step = arena.settings().quick() ? QUICK_STEP : STEP;
        var trial = tried(rates.get(contender), contender, limit, arena);
        if (trial.keepsUp(limit)) {
            for (var next = tried(trial.asked() * step, contender, limit, arena);
                    next.keepsUp(limit);
                    next = tried(trial.asked() * step, contender, limit, arena)) {
                trial = next;
            }
        } else {
            while (!trial.keepsUp(limit) && trial.asked() > 1) {
                trial = tried(trial.asked() / step, contender, limit, arena);
            }
        }
        rates.put(contender, trial.asked());
        return trial;
    }

    /** Once more if it fails: a pause of the machine is not the platform's. */
    private Trial tried(double rate, Contender contender, double limit, Arena arena) throws Exception {
        var trial = at(rate, contender, arena);
        return trial.keepsUp(limit) ? trial : at(rate, contender, arena);
    }

    private Trial at(double rate, Contender contender, Arena arena) throws Exception {
        return at(
                rate,
                arena.shop(contender),
                days.get(contender),
                arena.settings().round());
    }

    private static double asFastAsItGoes(Shop shop, ShopsDay day, Duration time) throws Exception {
        var start = System.nanoTime();
        double perSecond = Calls.perSecond(
                Settings.CLIENTS, shop::connect, time, connection -> day.call(connection, ThreadLocalRandom.current()));
        var calls = perSecond * (System.nanoTime() - start);
        day.awaitSettled();
        return calls / (System.nanoTime() - start);
    }

    private static Trial at(double rate, Shop shop, ShopsDay day, Duration time) throws Exception {
        shop.awaitQuiet();
        int calls = Math.max(Settings.CLIENTS, (int) (rate * time.toMillis() / 1000));
        var start = System.nanoTime();
        var times = Calls.atRate(
                rate, calls, shop::connect, (connection, call) -> day.call(connection, new SplittableRandom(call)));
        var answered = System.nanoTime();
        day.awaitSettled();
        return new Trial(
                Latency.p99(times),
                rate,
                calls * 1e9 / (answered - start),
                Duration.ofNanos(System.nanoTime() - answered));
    }
}
