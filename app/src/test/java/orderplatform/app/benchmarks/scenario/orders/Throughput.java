package orderplatform.app.benchmarks.scenario.orders;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import orderplatform.app.benchmarks.floor.ByHand;
import orderplatform.app.benchmarks.floor.EmptyApplication;
import orderplatform.app.benchmarks.floor.Floors;
import orderplatform.app.benchmarks.load.Audit;
import orderplatform.app.benchmarks.load.Calls;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Plots;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Round;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Scenario;

/** B1: confirmed orders per second over HTTP, of one line each, on 1,000 SKUs, over 64 connections. */
public final class Throughput implements Scenario {

    private static final List<Integer> FEW_CLIENTS = List.of(1, 16);
    private static final List<Integer> MANY_CLIENTS = List.of(1, 2, 4, 8, 16, 32, 128, 256);

    @Override
    public String key() {
        return "throughput";
    }

    @Override
    public String title() {
        return "B1: confirmed orders/s over HTTP, one line each, 1,000 SKUs, 64 connections";
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        arena.shops();
        arena.byHand();
        var rounds = Rounds.alternate(arena.settings().rounds(), arena.names(), arena::place);
        for (var contender : arena.settings().contenders()) {
            result.figure(contender.key(), rounds.figure(contender.key(), Round::perSecond, Figure.ORDERS));
        }
        for (var name : arena.names()) {
            result.cpu(name, rounds.of(name));
        }
        var byHand = rounds.figure(ByHand.NAME, Round::perSecond, Figure.ORDERS);
        result.more(ByHand.NAME, byHand)
                .floor(ByHand.NAME, byHand.median())
                .atLeast("stock", 20, rounds.ratio("ours", "stock", Round::perSecond))
                .atLeast("tuned", 12, rounds.ratio("ours", "tuned", Round::perSecond))
                .atLeast(ByHand.NAME, 0.6, rounds.ratio("ours", ByHand.NAME, Round::perSecond))
                .checks(ByHand.NAME, arena.byHand().checks());
        floors(arena, result);
        clients(arena, result);
        for (var contender : arena.settings().contenders()) {
            var shop = arena.shop(contender);
            result.checks(contender.key(), Audit.of(shop))
                    .check(
                            contender.key() + ": every order is confirmed",
                            shop.books().orders().values().stream()
                                    .allMatch(order -> order.status().equals("CONFIRMED")));
        }
        return result;
    }

    private static void floors(Arena arena, Result result) throws Exception {
        var floors = Floors.beside(arena.shop(Contender.OURS), arena.settings());
        double f1 = floors.commitPerOrder();
        double f1b = floors.commitPerBatch();
        double f2 = Calls.perSecond(
                Settings.CLIENTS, arena.empty()::connect, arena.settings().round(), EmptyApplication::place);
        double ceiling = 1 / (1 / f1b + 1 / f2);
        result.floor("F1", f1)
                .floor("F1b", f1b)
                .floor("F2", f2)
                .floor("ceiling", ceiling)
                .atLeast("ceiling", 0.2, result.figures().get("ours").median() / ceiling)
                .note("An order leaves %d rows in the log.".formatted(floors.rowsPerOrder()));
    }

    /** Not a figure of its own: the plot shows where each contender is at its best. */
    private static void clients(Arena arena, Result result) throws Exception {
        var rates = new EnumMap<Contender, Map<Integer, Double>>(Contender.class);
        for (var contender : arena.settings().contenders()) {
            var ofContender = new TreeMap<Integer, Double>();
            ofContender.put(
                    Settings.CLIENTS, result.figures().get(contender.key()).median());
            for (int clients : arena.settings().quick() ? FEW_CLIENTS : MANY_CLIENTS) {
                int orders = Math.max(
                        clients, arena.pace(contender) / arena.settings().size(2, 8));
                ofContender.put(
                        clients,
                        arena.shop(contender)
                                .place(clients, orders, Shop::anySku)
                                .perSecond());
            }
            rates.put(contender, ofContender);
        }
        Plots.throughput(rates, arena.settings());
    }
}
