package orderplatform.app.benchmarks.scenario.orders;

import java.util.EnumMap;
import java.util.Map;
import orderplatform.app.benchmarks.floor.Floors;
import orderplatform.app.benchmarks.load.Audit;
import orderplatform.app.benchmarks.load.Calls;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Connection;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Plots;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Scenario;
import org.HdrHistogram.Histogram;

/** B5: from the intended moment of an order's call until it is confirmed and shown, at half of stock's highest rate. */
public final class Latency implements Scenario {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Map<Contender, Histogram> all = new EnumMap<>(Contender.class);

    @Override
    public String key() {
        return "latency";
    }

    @Override
    public String title() {
        return "B5: milliseconds from POST to confirmed and visible, p99, at half of stock's highest rate";
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var settings = arena.settings();
        var slowest = settings.quick() ? Contender.TUNED : Contender.STOCK;
        var highest = arena.shop(slowest).place(Settings.CLIENTS, arena.pace(slowest), Shop::anySku);
        double rate = highest.perSecond() / 2;
        int orders = (int) Math.max(20, rate * settings.round().toMillis() / 1000);
        result.more("rate", Figure.of(rate, Figure.ORDERS));
        var rounds = Rounds.alternate(settings.rounds(), settings.contenders(), contender -> {
            var shop = arena.shop(contender);
            shop.awaitQuiet();
            var histogram = atRate(shop, rate, orders);
            all.computeIfAbsent(contender, any -> new Histogram(3)).add(histogram);
            return histogram;
        });
        for (var contender : settings.contenders()) {
            result.figure(contender.key(), rounds.figure(contender, Latency::p99, "ms"))
                    .more("p50, " + contender.key(), rounds.figure(contender, Latency::p50, "ms"));
        }
        var commit = Floors.beside(arena.shop(Contender.OURS), settings).commit();
        var ours = rounds.figure(Contender.OURS, Latency::p50, "ms").median();
        result.floor("F5", p50(commit))
                .floor("F5, p99", p99(commit))
                .atMost("p50, ms", 5, ours)
                .atMost("p50, F5", 25, ours / p50(commit))
                .atMost(
                        "p99, p50",
                        3,
                        rounds.figure(Contender.OURS, times -> p99(times) / p50(times), "")
                                .median())
                .atLeast("stock", 5, rounds.ratio(Contender.STOCK, Contender.OURS, Latency::p99))
                .ratio("tuned", rounds.ratio(Contender.TUNED, Contender.OURS, Latency::p99));
        for (var contender : settings.contenders()) {
            result.checks(contender.key(), Audit.of(arena.shop(contender)));
        }
        Plots.latency(all, settings);
        return result;
    }

    public static double p50(Histogram histogram) {
        return histogram.getValueAtPercentile(50) / NANOS_PER_MILLI;
    }

    public static double p99(Histogram histogram) {
        return histogram.getValueAtPercentile(99) / NANOS_PER_MILLI;
    }

    public static Histogram atRate(Shop shop, double rate, int orders) throws Exception {
        return Calls.atRate(
                rate, orders, shop::connect, (connection, order) -> orderAndLook(shop, connection, Shop.anySku(order)));
    }

    private static void orderAndLook(Shop shop, Connection connection, String sku) throws Exception {
        var answer = shop.order(connection, sku, "Prefer", "wait=30");
        var token = answer.header("Consistency-Token");
        Connection.Answer shown;
        do {
            shown = connection.get(answer.header("Location"), "Consistency-Token", token);
        } while (shown.status() == 503 || !shown.expect(200).body().contains("\"status\":\"CONFIRMED\""));
    }
}
