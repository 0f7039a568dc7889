package orderplatform.app.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;

/** B4: {@code GET /api/orders/{id}}, Zipf over 100,000 orders. */
final class Query implements Scenario {

    private static final int ORDERS = 100_000;
    private static final String FLOOR = "F2";
    private static final String UNIT = "answers/s";

    @Override
    public String key() {
        return "query";
    }

    @Override
    public String title() {
        return "B4: GET /api/orders/{id}, Zipf over 100,000 orders, answers/s";
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var settings = arena.settings();
        var popularity = new Zipf(ORDERS);
        var floor = arena.empty();
        var measurements = new LinkedHashMap<String, Callable<Double>>();
        for (var contender : settings.quick() ? List.of(Contender.OURS) : List.of(Contender.values())) {
            var shop = arena.shop(contender);
            ReadModel.fill(shop, ORDERS);
            measurements.put(contender.key(), () -> read(shop, popularity, settings));
        }
        measurements.put(
                FLOOR,
                () -> Calls.perSecond(Settings.CLIENTS, floor::connect, settings.round(), EmptyApplication::place));
        Rounds.alternate(
                1, measurements.keySet(), name -> measurements.get(name).call());
        var before = CacheHits.of(arena.shop(Contender.OURS));
        var rounds = Rounds.alternate(
                settings.rounds(),
                measurements.keySet(),
                name -> measurements.get(name).call());
        var hits = CacheHits.of(arena.shop(Contender.OURS)).ratioSince(before);
        measurements.remove(FLOOR);
        measurements.keySet().forEach(name -> result.figure(name, rounds.figure(name, Double::doubleValue, UNIT)));
        result.floor(FLOOR, rounds.figure(FLOOR, Double::doubleValue, UNIT).median())
                .atLeast(FLOOR, 0.7, rounds.ratio("ours", FLOOR, Double::doubleValue))
                .more("hit ratio", Figure.of(hits, "hits/lookup"))
                .check("every answer shows the order asked for", true)
                .note("The first round, which fills the caches, is not counted.");
        return result;
    }

    /** An answer that shows another order ends the run. */
    private static double read(Shop shop, Zipf popularity, Settings settings) throws Exception {
        return Calls.perSecond(Settings.CLIENTS, shop::connect, settings.round(), connection -> {
            var id = ReadModel.orderId(popularity.next(ThreadLocalRandom.current()));
            var body = connection.get("/api/orders/" + id).expect(200).body();
            if (!body.contains(id)) {
                throw new IllegalStateException("Asked for %s, got %s".formatted(id, body));
            }
        });
    }
}
