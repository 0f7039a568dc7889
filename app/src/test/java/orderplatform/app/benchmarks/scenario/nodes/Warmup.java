package orderplatform.app.benchmarks.scenario.nodes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import orderplatform.app.benchmarks.floor.Packaging;
import orderplatform.app.benchmarks.load.Audit;
import orderplatform.app.benchmarks.load.Calls;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Patience;
import orderplatform.app.benchmarks.process.Progress;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Scenario;
import orderplatform.app.benchmarks.scenario.Stand;

/** B15: what a node does in its first minute, from caches of classes and profiles that were made in different ways. */
public final class Warmup implements Scenario {

    private static final String WARM = "warm";
    private static final String NO_CACHE = "no cache";
    private static final String EMPTY_START = "cache of an empty start";
    private static final String DEMO_DAY = "cache of the demo day";

    /** What the platform logs when it has imported the day that it carries. */
    private static final String IMPORTED = "The demo day is imported";

    private static final String CONFIRMED = "SELECT count(*) FROM order_view WHERE phase = 'CONFIRMED'";

    private final AtomicInteger orders = new AtomicInteger();

    @Override
    public String key() {
        return "warmup";
    }

    @Override
    public String title() {
        return "B15: confirmed orders/s in the first minute after a start, from an AOT cache of the demo day";
    }

    /** Making the caches takes minutes. */
    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var settings = arena.settings();
        var time = Duration.ofSeconds(settings.size(60, 10));
        var folder = arena.folder("warmup");
        Packaging.plain(settings.jar(), folder);
        var jar = folder.resolve(settings.jar().getFileName());
        trainByStart(arena, jar, folder);
        trainByDemoDay(arena, jar, folder);
        arena.shops();
        try (var stand = new Stand(arena, "warmup", Contender.OURS)) {
            stand.start();
            stand.shop().open();
            stand.stop();
            var rounds = Rounds.alternate(
                    settings.rounds(), List.of(WARM, NO_CACHE, EMPTY_START, DEMO_DAY), name -> switch (name) {
                        case WARM -> inTime(arena.shop(Contender.OURS), time);
                        case NO_CACHE -> afterStart(stand, jar, List.of(), time);
                        default -> afterStart(stand, jar, List.of("-XX:AOTCache=" + cache(folder, name)), time);
                    });
            result.figure("ours", rounds.figure(DEMO_DAY, Double::doubleValue, Figure.ORDERS));
            for (var name : List.of(WARM, NO_CACHE, EMPTY_START)) {
                result.more(name, rounds.figure(name, Double::doubleValue, Figure.ORDERS));
            }
            stand.start();
            return result.atLeast(WARM, 0.7, rounds.ratio(DEMO_DAY, WARM, Double::doubleValue))
                    .ratio(NO_CACHE, rounds.ratio(NO_CACHE, WARM, Double::doubleValue))
                    .ratio(EMPTY_START, rounds.ratio(EMPTY_START, WARM, Double::doubleValue))
                    .checks("ours", Audit.of(stand.shop()))
                    .note("Ratios are to a warm node in the same %d s; the time begins when the node is ready."
                            .formatted(time.toSeconds()));
        }
    }

    private static Path cache(Path folder, String name) {
        return folder.resolve(name.replace(' ', '-') + ".aot");
    }

    /** One start, one order. */
    private static void trainByStart(Arena arena, Path jar, Path folder) throws Exception {
        try (var node = arena.node("warmup-start", Contender.OURS)
                .from(jar, List.of("-XX:AOTCacheOutput=" + cache(folder, EMPTY_START)))
                .start()) {
            var shop = Shop.on(node);
            shop.receive(List.of(Shop.sku(0)), Shop.PLENTY);
            shop.placeOne(Shop.sku(0));
        }
        Progress.say("  %s", EMPTY_START);
    }

    /** A start that imports the day that the platform carries. */
    private static void trainByDemoDay(Arena arena, Path jar, Path folder) throws Exception {
        try (var node = arena.node("warmup-demo", Contender.OURS, "--platform.demo=true")
                .from(jar, List.of("-XX:AOTCacheOutput=" + cache(folder, DEMO_DAY)))
                .start()) {
            Patience.until(
                    "the demo day",
                    node::isAlive,
                    () -> Files.readString(node.log()).contains(IMPORTED));
        }
        Progress.say("  %s", DEMO_DAY);
    }

    private double afterStart(Stand stand, Path jar, List<String> options, Duration time) throws Exception {
        stand.node().from(jar, options);
        stand.start();
        try {
            return inTime(stand.shop(), time);
        } finally {
            stand.stop();
        }
    }

    /** Orders per second that are confirmed when the time is over, of those that are placed within it. */
    private double inTime(Shop shop, Duration time) throws Exception {
        long before = shop.database().number(CONFIRMED);
        var start = System.nanoTime();
        Calls.perSecond(
                Settings.CLIENTS,
                shop::connect,
                time,
                connection -> shop.order(connection, Shop.anySku(orders.incrementAndGet())));
        double perSecond = (shop.database().number(CONFIRMED) - before) * 1e9 / (System.nanoTime() - start);
        shop.awaitQuiet();
        return perSecond;
    }
}
