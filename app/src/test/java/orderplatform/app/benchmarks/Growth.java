package orderplatform.app.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** B7: orders per second with a short log, with a long one, and with a SKU that has a long stream. */
final class Growth implements Scenario {

    private static final String SMALL = "small log";
    private static final String LARGE = "large log";
    private static final String LONG_SKU = "long SKU";

    private static final int SMALL_EVENTS = 10_000;

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

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var settings = arena.settings();
        int largeEvents = settings.size(5_000_000, 100_000);
        int skuEvents = settings.size(100_000, 10_000);
        Map<String, Stand> stands = new LinkedHashMap<>();
        Map<String, Integer> paces = new LinkedHashMap<>();
        try {
            stands.put(SMALL, stand(arena, SMALL, loader -> loader.addOrders(SMALL_EVENTS)));
            stands.put(LARGE, stand(arena, LARGE, loader -> loader.addOrders(largeEvents)));
            stands.put(LONG_SKU, stand(arena, LONG_SKU, loader -> loader.addSales(skuEvents)));
            for (var stand : stands.entrySet()) {
                paces.put(stand.getKey(), Pace.warmUp(stand.getValue().shop(), settings, ORDERS));
            }
            measure(stands, paces, settings, result);
            result.note("Small: %,d events; large: %,d; long SKU: %,d of one SKU, which every tenth order wants."
                    .formatted(SMALL_EVENTS, largeEvents, skuEvents));
        } finally {
            for (var stand : stands.values()) {
                stand.close();
            }
        }
        return result;
    }

    private static void measure(Map<String, Stand> stands, Map<String, Integer> paces, Settings settings, Result result)
            throws Exception {
        var rounds = Rounds.alternate(
                settings.rounds(),
                stands.keySet(),
                name -> stands.get(name).shop().place(Settings.CLIENTS, paces.get(name), ORDERS));
        result.figure("ours", rounds.figure(LARGE, Round::perSecond, Figure.ORDERS));
        result.more(SMALL, rounds.figure(SMALL, Round::perSecond, Figure.ORDERS));
        for (var longer : List.of(LARGE, LONG_SKU)) {
            result.more(longer, rounds.figure(longer, Round::perSecond, Figure.ORDERS))
                    .atLeast(longer, 0.9, rounds.ratio(longer, SMALL, Round::perSecond));
        }
        for (var stand : stands.entrySet()) {
            result.checks(stand.getKey(), Audit.of(stand.getValue().shop()));
        }
    }

    @FunctionalInterface
    private interface Load {
        void into(LogLoader loader) throws Exception;
    }

    private static Stand stand(Arena arena, String name, Load load) throws Exception {
        var stand = new Stand(arena, name.replace(' ', '-'), Contender.OURS).start();
        var shop = stand.shop();
        shop.receive(List.of(TENTH), Shop.PLENTY);
        shop.place(1, 1, order -> TENTH);
        shop.awaitQuiet();
        stand.stop();
        load.into(new LogLoader(stand.database(), shop.accepted().iterator().next(), TENTH));
        stand.start();
        // The readers have passed over what was loaded; the next event shows the SKU as it is.
        shop.receive(List.of(TENTH), 1);
        shop.startBooks(List.of(TENTH)).open();
        Progress.say("  %s has its log", name);
        return stand;
    }
}
