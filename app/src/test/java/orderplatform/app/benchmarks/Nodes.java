package orderplatform.app.benchmarks;

import java.util.List;

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

    /** Nothing but starts and warm-ups. */
    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var stand = arena.stand(Contender.OURS);
        var first = stand.node();
        var second = arena.node("second-node", stand.arguments("--platform.roles=command,saga"));
        var alone = stand.shop().open().startBooks(Shop.skus());
        var both = new Shop(List.of(first, second), stand.database());
        var rounds = Rounds.alternate(arena.settings().rounds(), List.of(ONE, TWO), name -> {
            if (name.equals(TWO)) {
                first.close();
                first.launch();
                second.launch();
                first.awaitReady();
                second.awaitReady();
            }
            var round = warmAndMeasured(name.equals(TWO) ? both : alone, arena.settings());
            second.close();
            return round;
        });
        result.figure("ours", rounds.figure(TWO, Round::perSecond, Figure.ORDERS))
                .more(ONE, rounds.figure(ONE, Round::perSecond, Figure.ORDERS))
                .cpu(ONE, rounds.of(ONE))
                .cpu(TWO, rounds.of(TWO))
                .atLeast(ONE, 0.8, rounds.ratio(TWO, ONE, Round::perSecond))
                .note("Two nodes start at the same moment, so that each gets work; every round warms up again.");
        alone.accepted().addAll(both.accepted());
        return result.checks("both", Audit.of(alone));
    }

    private static Round warmAndMeasured(Shop shop, Settings settings) throws Exception {
        return shop.place(Settings.CLIENTS, Pace.warmUp(shop, settings, Shop::anySku), Shop::anySku);
    }
}
