package orderplatform.app.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** B10: two nodes with commands and sagas on one set of servers, against one node: the cost of sharing. */
final class Nodes implements Scenario {

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

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var settings = arena.settings();
        try (var one = new Stand(arena, "one-node", Contender.OURS).start();
                var two = new Stand(
                                arena, "two-nodes", Contender.OURS, List.of(List.of("--platform.roles=command,saga")))
                        .start()) {
            var shops = new LinkedHashMap<String, Shop>();
            shops.put(ONE, one.shop().open());
            shops.put(TWO, two.shop().open());
            Map<String, Integer> paces = new LinkedHashMap<>();
            for (var shop : shops.entrySet()) {
                paces.put(shop.getKey(), Pace.warmUp(shop.getValue(), settings, Shop::anySku));
            }
            var rounds = Rounds.alternate(
                    settings.rounds(),
                    shops.keySet(),
                    name -> shops.get(name).place(Settings.CLIENTS, paces.get(name), Shop::anySku));
            result.figure("ours", rounds.figure(TWO, Round::perSecond, Figure.ORDERS))
                    .more(ONE, rounds.figure(ONE, Round::perSecond, Figure.ORDERS))
                    .cpu(ONE, rounds.of(ONE))
                    .cpu(TWO, rounds.of(TWO))
                    .atLeast(ONE, 0.8, rounds.ratio(TWO, ONE, Round::perSecond));
            for (var shop : shops.entrySet()) {
                result.checks(shop.getKey(), Audit.of(shop.getValue()));
            }
        }
        return result;
    }
}
