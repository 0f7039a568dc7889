package orderplatform.app.benchmarks.scenario.nodes;

import java.util.List;
import orderplatform.app.benchmarks.load.Audit;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Round;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Pace;
import orderplatform.app.benchmarks.scenario.Scenario;

/** B14: what is left of B1 while Redis hangs, and after it has been killed. */
public final class WithoutRedis implements Scenario {

    private static final String WITH = "with Redis";
    private static final String HANGING = "Redis hangs";
    private static final String KILLED = "Redis killed";

    @Override
    public String key() {
        return "withoutRedis";
    }

    @Override
    public String title() {
        return "B14: confirmed orders/s while Redis hangs, against with it";
    }

    /** Nothing but a warm-up. */
    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var settings = arena.settings();
        try (var node = arena.node("without-redis", Contender.OURS).start()) {
            var shop = Shop.on(node).open();
            int orders = Pace.warmUp(shop, settings, Shop::anySku);
            var rounds = Rounds.alternate(settings.rounds(), List.of(WITH, HANGING), name -> {
                if (name.equals(HANGING)) {
                    node.signalRedis("STOP");
                }
                try {
                    return shop.place(Settings.CLIENTS, orders, Shop::anySku);
                } finally {
                    node.signalRedis("CONT");
                }
            });
            node.signalRedis("KILL");
            var killed = Rounds.alternate(
                    settings.rounds(), List.of(KILLED), name -> shop.place(Settings.CLIENTS, orders, Shop::anySku));
            return result.figure("ours", rounds.figure(HANGING, Round::perSecond, Figure.ORDERS))
                    .more(WITH, rounds.figure(WITH, Round::perSecond, Figure.ORDERS))
                    .more(KILLED, killed.figure(KILLED, Round::perSecond, Figure.ORDERS))
                    .atLeast(WITH, 0.5, rounds.ratio(HANGING, WITH, Round::perSecond))
                    .checks("ours", Audit.of(shop));
        }
    }
}
