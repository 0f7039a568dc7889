package orderplatform.app.benchmarks.scenario.orders;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import orderplatform.app.benchmarks.floor.Floors;
import orderplatform.app.benchmarks.load.Audit;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Round;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Scenario;

/** B2: a flash sale. Every order is for one SKU, of which there is enough for half of them. */
public final class HotSku implements Scenario {

    private final Map<Contender, Integer> sizes = new EnumMap<>(Contender.class);

    private final AtomicInteger sales = new AtomicInteger();

    @Override
    public String key() {
        return "hotSku";
    }

    @Override
    public String title() {
        return "B2: flash sale, every order on one SKU, stock for half of them, settled orders/s";
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        for (var contender : arena.settings().contendersOfFullRun()) {
            sale(arena.shop(contender), Settings.CLIENTS, result);
            var tried = sale(arena.shop(contender), Settings.CLIENTS * 2, result);
            var fitting = tried.perSecond() * arena.settings().round().toMillis() / 1000;
            sizes.put(contender, Math.max(Settings.CLIENTS, (int) Math.min(fitting, arena.pace(contender))));
        }
        var rounds = Rounds.alternate(
                arena.settings().rounds(),
                arena.settings().contendersOfFullRun(),
                contender -> sale(arena.shop(contender), sizes.get(contender), result));
        for (var contender : arena.settings().contendersOfFullRun()) {
            result.figure(contender.key(), rounds.figure(contender, Round::perSecond, Figure.ORDERS))
                    .cpu(contender.key(), rounds.of(contender));
        }
        var f3 = Floors.beside(arena.shop(Contender.OURS), arena.settings()).sellOne();
        result.floor("F3", f3)
                .atLeast("stock", 30, rounds.ratio(Contender.OURS, Contender.STOCK, Round::perSecond))
                .ratio("tuned", rounds.ratio(Contender.OURS, Contender.TUNED, Round::perSecond))
                .atLeast(
                        "F3",
                        3,
                        rounds.figure(Contender.OURS, Round::perSecond, "").median() / f3);
        for (var contender : arena.settings().contendersOfFullRun()) {
            result.checks(contender.key(), Audit.of(arena.shop(contender)));
        }
        return result;
    }

    private Round sale(Shop shop, int orders, Result result) throws Exception {
        var sku = "HOT-" + sales.incrementAndGet();
        var pieces = orders / 2;
        shop.receive(List.of(sku), pieces);
        var round = shop.place(Settings.CLIENTS, orders, order -> sku);
        shop.awaitQuiet();
        try (var connection = shop.connect(0)) {
            var stock = connection.get("/api/stock/" + sku).expect(200).json();
            result.check(
                    "exactly the stock is sold",
                    stock.path("allocated").asInt() == pieces
                            && stock.path("available").asInt() == 0);
        }
        return round;
    }
}
