package orderplatform.app.benchmarks.scenario.nodes;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import orderplatform.app.benchmarks.load.Audit;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Round;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Pace;
import orderplatform.app.benchmarks.scenario.Scenario;
import orderplatform.app.benchmarks.scenario.Stand;

/** B10: two nodes with commands and sagas on one set of servers, against one node on another: the cost of sharing. */
public final class Nodes implements Scenario {

    private static final String ONE = "one node";
    private static final String TWO = "two nodes";

    @Override
    public String key() {
        return "nodes";
    }

    @Override
    public String title() {
        return "B10: orders/s of two command and saga nodes on one set of servers, against one node, on the same cores";
    }

    /** Nothing but starts and warm-ups. */
    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public Result run(Arena arena) throws Exception {
        try (var alone = new Stand(arena, "one-node", Contender.OURS);
                var shared = new Stand(arena, "two-nodes", Contender.OURS);
                var second = arena.node("second-node", shared.arguments("--platform.roles=command,saga"))) {
            alone.start();
            shared.start();
            second.start();
            var shops = new LinkedHashMap<String, Shop>();
            shops.put(ONE, alone.shop().open());
            shops.put(TWO, shared.shopOn(List.of(shared.node(), second)).open());
            return result(shops, Pace.alternate(shops, arena.settings(), Shop::anySku))
                    .check("both of the two nodes append", shared.database().nodesThatAppend() == 2);
        }
    }

    private static Result result(Map<String, Shop> shops, Rounds<String, Round> rounds) throws Exception {
        var result = new Result()
                .figure("ours", rounds.figure(TWO, Round::perSecond, Figure.ORDERS))
                .more(ONE, rounds.figure(ONE, Round::perSecond, Figure.ORDERS))
                .atLeast(ONE, 0.9, rounds.ratio(TWO, ONE, Round::perSecond));
        for (var shop : shops.entrySet()) {
            result.cpu(shop.getKey(), rounds.of(shop.getKey())).checks(shop.getKey(), Audit.of(shop.getValue()));
        }
        return result;
    }
}
