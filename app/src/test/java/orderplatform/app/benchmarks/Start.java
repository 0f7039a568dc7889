package orderplatform.app.benchmarks;

import java.io.IOException;
import java.util.List;

/** B8: from the start to the first order, with servers given and embedded, and from a kill to the first settled order. */
final class Start implements Scenario {

    private static final String EMPTY = "empty";
    private static final String GIVEN = "servers given";
    private static final String EMBEDDED = "embedded";
    private static final String KILLED = "kill -9";

    @Override
    public String key() {
        return "start";
    }

    @Override
    public String title() {
        return "B8: seconds from start to first order served, servers given; embedded and after kill -9 beside";
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var embedded = arena.shop(Contender.OURS).node();
        var given = arena.stand(Contender.OURS);
        given.shop().receive(List.of(Shop.sku(0)), Shop.PLENTY);
        var rounds = Rounds.alternate(
                arena.settings().rounds(), List.of(EMPTY, GIVEN, EMBEDDED, KILLED), what -> switch (what) {
                    case EMPTY -> empty();
                    case GIVEN -> started(given.node());
                    case EMBEDDED -> started(embedded);
                    default -> killed(embedded);
                });
        result.figure("ours", rounds.figure(GIVEN, Double::doubleValue, "s"))
                .more(EMBEDDED, rounds.figure(EMBEDDED, Double::doubleValue, "s"))
                .more(KILLED, rounds.figure(KILLED, Double::doubleValue, "s"))
                .floor(EMPTY, rounds.figure(EMPTY, Double::doubleValue, "s").median())
                .atMost(GIVEN, 2, rounds.ratio(GIVEN, EMPTY, Double::doubleValue))
                .atMost(EMBEDDED, 3, rounds.ratio(EMBEDDED, EMPTY, Double::doubleValue))
                .atMost(KILLED, 3, rounds.ratio(KILLED, EMPTY, Double::doubleValue))
                .check("the first order after each start is accepted, after a kill confirmed", true)
                .note("Every start is on the data of the scenarios before.")
                .note("The empty application runs from a class path, ours from its jar.");
        return result;
    }

    private static double empty() throws IOException, InterruptedException {
        var start = System.nanoTime();
        try (var application = new EmptyApplication()) {
            application.awaitFirstOrder();
            return seconds(start);
        }
    }

    private static double started(Node node) throws IOException, InterruptedException {
        node.close();
        var start = System.nanoTime();
        node.launch();
        awaitFirstOrder(node, "PLACED");
        return seconds(start);
    }

    /** The node runs. */
    private static double killed(Node node) throws IOException, InterruptedException {
        node.kill();
        var start = System.nanoTime();
        node.launch();
        awaitFirstOrder(node, "CONFIRMED");
        return seconds(start);
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private static void awaitFirstOrder(Node node, String status) throws InterruptedException {
        var key = "first-" + System.nanoTime();
        var wait = status.equals("PLACED") ? 0 : 30;
        Patience.until("the first order", node::isAlive, () -> {
            try (var connection = node.connect()) {
                return connection
                        .post(
                                "/api/orders",
                                Shop.orderOf(Shop.sku(0)),
                                "Idempotency-Key",
                                key,
                                "Prefer",
                                "wait=" + wait)
                        .expect(201)
                        .body()
                        .contains(status);
            }
        });
    }
}
