package orderplatform.app.benchmarks.scenario.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import orderplatform.app.benchmarks.load.Audit;
import orderplatform.app.benchmarks.load.LogLoader;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Progress;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Round;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Pace;
import orderplatform.app.benchmarks.scenario.Scenario;
import orderplatform.app.benchmarks.scenario.Stand;

/** B7: orders per second with a short log, with a long one, and with a SKU that has a long stream. */
public final class Growth implements Scenario {

    private static final String SMALL = "small log";
    private static final String LARGE = "large log";
    private static final String LONG_SKU = "long SKU";

    private static final int SMALL_EVENTS = 10_000;
    private static final int LARGE_EVENTS = 5_000_000;
    private static final int SKU_EVENTS = 100_000;

    /** Of which every tenth order wants a piece. */
    private static final String TENTH = "TENTH";

    private static final IntFunction<String> ORDERS = order -> order % 10 == 0 ? TENTH : Shop.anySku(order);

    @Override
    public String key() {
        return "growth";
    }

    @Override
    public String title() {
        return "B7: orders/s with a large log, and with a SKU of many events, against a small log";
    }

    /** Two more starts. */
    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var settings = arena.settings();
        Map<String, Shop> shops = new LinkedHashMap<>();
        List<Stand> stands = new ArrayList<>();
        try {
            if (settings.quick()) {
                shops.put(SMALL, arena.shop(Contender.OURS).startBooks(Shop.skus()));
                shops.put(LARGE, replayed(arena));
                result.note("A quick run measures with the logs that other scenarios left, and without a long SKU.");
            } else {
                stands.add(stand(arena, SMALL, loader -> loader.addOrders(SMALL_EVENTS), shops));
                stands.add(stand(arena, LARGE, loader -> loader.addOrders(LARGE_EVENTS), shops));
                stands.add(stand(arena, LONG_SKU, loader -> loader.addSales(SKU_EVENTS), shops));
                result.note("Small: %,d events; large: %,d; long SKU: %,d of one SKU, which every tenth order wants."
                        .formatted(SMALL_EVENTS, LARGE_EVENTS, SKU_EVENTS));
            }
            measure(shops, settings, result);
        } finally {
            for (var stand : stands) {
                stand.close();
            }
        }
        return result;
    }

    private static void measure(Map<String, Shop> shops, Settings settings, Result result) throws Exception {
        for (var shop : shops.values()) {
            shop.receive(List.of(TENTH), Shop.PLENTY);
        }
        var rounds = Pace.alternate(shops, settings, ORDERS);
        result.figure("ours", rounds.figure(LARGE, Round::perSecond, Figure.ORDERS));
        for (var name : shops.keySet()) {
            result.more(name, rounds.figure(name, Round::perSecond, Figure.ORDERS))
                    .checks(name, Audit.of(shops.get(name)));
            result.more(
                    "heap after a collection, " + name,
                    Figure.of(shops.get(name).node().heapAfterCollection(), "MB"));
            if (!name.equals(SMALL)) {
                result.atLeast(name, 0.9, rounds.ratio(name, SMALL, Round::perSecond));
            }
        }
    }

    private static Shop replayed(Arena arena) throws Exception {
        arena.loadedStand(Contender.OURS, Replay.events(arena.settings()));
        var stand = arena.stand(Contender.OURS);
        return stand.shop().open().startBooks(Shop.skus());
    }

    @FunctionalInterface
    private interface Load {
        void into(LogLoader loader) throws Exception;
    }

    private static Stand stand(Arena arena, String name, Load load, Map<String, Shop> shops) throws Exception {
        var stand = new Stand(arena, name.replace(' ', '-'), Contender.OURS);
        stand.start();
        var orderId = stand.placeTemplate(TENTH);
        stand.stop();
        load.into(new LogLoader(stand.database(), orderId, TENTH));
        stand.start();
        var shop = stand.shop();
        // The readers have passed over what was loaded; the next event shows the SKU as it is.
        shop.receive(List.of(TENTH), 1);
        shop.startBooks(List.of(TENTH)).open();
        shops.put(name, shop);
        Progress.say("  %s has its log", name);
        return stand;
    }
}
