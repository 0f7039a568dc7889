package orderplatform.app.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** B4: {@code GET /api/orders/{id}}, Zipf over 100,000 orders. */
final class Query implements Scenario {

    private static final int ORDERS = 100_000;

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
        List<String> all = new ArrayList<>();
        for (var contender : Contender.values()) {
            ReadModel.fill(arena.shop(contender), ORDERS);
            all.add(contender.key());
        }
        all.add("F2");
        Rounds.Measurement<String, Double> measure = name -> name.equals("F2")
                ? Calls.perSecond(Settings.CLIENTS, floor::connect, settings.round(), EmptyApplication::place)
                : read(arena.shop(Contender.valueOf(name.toUpperCase(java.util.Locale.ROOT))), popularity, settings);
        Rounds.alternate(1, all, measure);
        var before = CacheHits.of(arena.shop(Contender.OURS));
        var rounds = Rounds.alternate(settings.rounds(), all, measure);
        for (var contender : Contender.values()) {
            result.figure(contender.key(), rounds.figure(contender.key(), Double::doubleValue, "answers/s"));
        }
        result.floor("F2", rounds.figure("F2", Double::doubleValue, "").median())
                .atLeast("F2", 0.7, rounds.ratio("ours", "F2", Double::doubleValue))
                .more(
                        "hit ratio",
                        Figure.of(CacheHits.of(arena.shop(Contender.OURS)).ratioSince(before), "hits/lookup"))
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
