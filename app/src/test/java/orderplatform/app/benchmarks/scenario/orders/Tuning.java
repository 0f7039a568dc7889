package orderplatform.app.benchmarks.scenario.orders;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Progress;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Round;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Scenario;

/**
 * What the tuned peer makes of other settings than its own, each of which differs in one, in B1. Not a part of the report:
 * it is how the settings in {@link Contender#TUNED} were looked for.
 */
public final class Tuning implements Scenario {

    private static final String TUNED = "tuned as it is";
    private static final Duration WARM_UP = Duration.ofSeconds(60);

    private static final List<String> OTHERS = List.of(
            "--platform.readers.saga-segments=1",
            "--platform.readers.saga-segments=4",
            "--platform.readers.saga-batch=10",
            "--platform.readers.saga-batch=200",
            "--platform.baseline.command-threads=16",
            "--platform.baseline.command-threads=48",
            "--spring.datasource.hikari.maximum-pool-size=60");

    @Override
    public String key() {
        return "tuning";
    }

    @Override
    public String title() {
        return "B1 of the tuned peer with one other setting at a time";
    }

    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public boolean isPartOfAll() {
        return false;
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        Map<String, Shop> shops = new LinkedHashMap<>();
        Map<String, Integer> paces = new LinkedHashMap<>();
        try {
            for (var setting : Stream.concat(Stream.of(TUNED), OTHERS.stream()).toList()) {
                var node = arena.node("tuning-" + shops.size(), with(setting));
                var shop = Shop.on(node.start());
                shops.put(setting, shop);
                paces.put(setting, warmUp(shop.open(), arena.settings()));
                Progress.say("  %s is warm", setting);
            }
            var rounds = Rounds.alternate(
                    arena.settings().rounds(),
                    shops.keySet(),
                    setting -> shops.get(setting).place(Settings.CLIENTS, paces.get(setting), Shop::anySku));
            for (var setting : shops.keySet()) {
                result.figure(setting, rounds.figure(setting, Round::perSecond, Figure.ORDERS))
                        .cpu(setting, rounds.of(setting))
                        .ratio(setting, rounds.ratio(setting, TUNED, Round::perSecond));
            }
        } finally {
            shops.values().forEach(shop -> shop.node().close());
        }
        return result.note(
                "Ratios are to tuned as it is; each platform was warmed up for %d s.".formatted(WARM_UP.toSeconds()));
    }

    private static List<String> with(String setting) {
        Map<String, String> arguments = Contender.TUNED.arguments().stream()
                .collect(
                        Collectors.toMap(Tuning::name, Function.identity(), (one, other) -> other, LinkedHashMap::new));
        arguments.computeIfPresent(name(setting), (name, own) -> setting);
        return List.copyOf(arguments.values());
    }

    private static String name(String argument) {
        return argument.split("=", 2)[0];
    }

    /** Returns how many orders are settled in about the time of a round. */
    private static int warmUp(Shop shop, Settings settings) throws Exception {
        var orders = Settings.CLIENTS;
        var until = System.nanoTime() + WARM_UP.toNanos();
        while (System.nanoTime() < until) {
            var perSecond = shop.place(Settings.CLIENTS, orders, Shop::anySku).perSecond();
            orders = Math.max(
                    Settings.CLIENTS, (int) (perSecond * settings.round().toSeconds()));
        }
        return orders;
    }
}
