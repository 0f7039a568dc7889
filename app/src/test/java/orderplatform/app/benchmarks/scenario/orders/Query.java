package orderplatform.app.benchmarks.scenario.orders;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import orderplatform.app.benchmarks.floor.EmptyApplication;
import orderplatform.app.benchmarks.load.CacheHits;
import orderplatform.app.benchmarks.load.Calls;
import orderplatform.app.benchmarks.load.ReadModel;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.load.Zipf;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Pace;
import orderplatform.app.benchmarks.scenario.Scenario;

/** B4: {@code GET /api/orders/{id}}, Zipf over 100,000 orders. */
public final class Query implements Scenario {

    private static final int ORDERS = 100_000;
    private static final String OURS = "ours";
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
        var shop = arena.shop(Contender.OURS);
        var floor = arena.empty();
        ReadModel.fill(shop, ORDERS);
        Pace.settle(shop, settings, () -> read(shop, popularity, settings));
        var filler = missing(shop, floor);
        var before = CacheHits.of(shop);
        var rounds = Rounds.alternate(
                settings.rounds(),
                List.of(OURS, FLOOR),
                name -> name.equals(OURS) ? read(shop, popularity, settings) : post(floor, filler, settings));
        result.figure(OURS, rounds.figure(OURS, Double::doubleValue, UNIT))
                .floor(FLOOR, rounds.figure(FLOOR, Double::doubleValue, UNIT).median())
                .atLeast(FLOOR, 0.6, rounds.ratio(OURS, FLOOR, Double::doubleValue))
                .more("hit ratio", Figure.of(CacheHits.of(shop).ratioSince(before), "hits/lookup"))
                .check("every answer shows the order asked for", true)
                .note("The peers are left out: the query side is the same for all. The warm-up fills the cache.");
        return result;
    }

    /** Characters by which an order is longer than what the floor answers by itself. */
    private static int missing(Shop shop, EmptyApplication floor) throws IOException {
        try (var ours = shop.connect(0);
                var other = floor.connect(0)) {
            var order = ours.get("/api/orders/" + ReadModel.orderId(0)).expect(200);
            return order.body().length() - EmptyApplication.place(other).body().length();
        }
    }

    private static double post(EmptyApplication floor, int filler, Settings settings) throws Exception {
        return Calls.perSecond(
                Settings.CLIENTS,
                floor::connect,
                settings.round(),
                connection -> EmptyApplication.place(connection, filler));
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
