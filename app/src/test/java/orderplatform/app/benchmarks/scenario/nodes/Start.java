package orderplatform.app.benchmarks.scenario.nodes;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import orderplatform.app.benchmarks.floor.EmptyApplication;
import orderplatform.app.benchmarks.floor.Packaging;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Node;
import orderplatform.app.benchmarks.process.Patience;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Scenario;

/** B8: from the start to the first order, with servers given and embedded, and from a kill to the first settled order. */
public final class Start implements Scenario {

    private enum What {
        EMPTY,
        GIVEN,
        EMBEDDED,
        KILLED
    }

    private record Case(What what, Packaging packaging) {

        @Override
        public String toString() {
            return what.name().toLowerCase(Locale.ROOT) + ", " + packaging.name();
        }
    }

    @Override
    public String key() {
        return "start";
    }

    @Override
    public String title() {
        return "B8: seconds from start to first order served, servers given, embedded, and after kill -9";
    }

    /** Nothing but starts. */
    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var given = arena.stand(Contender.OURS);
        given.shop().receive(List.of(Shop.sku(0)), Shop.PLENTY);
        given.stop();
        try (var embedded = arena.node("start", Contender.OURS)) {
            if (arena.settings().quick()) {
                return measured(arena, given.node(), embedded, List.of(What.EMPTY, What.GIVEN));
            }
            Shop.on(embedded.start()).receive(List.of(Shop.sku(0)), Shop.PLENTY);
            embedded.close();
            return measured(arena, given.node(), embedded, List.of(What.values()));
        }
    }

    private static Result measured(Arena arena, Node given, Node embedded, List<What> whats) throws Exception {
        var packagings = packagings(arena, embedded);
        var cases = packagings.stream()
                .flatMap(packaging -> whats.stream().map(what -> new Case(what, packaging)))
                .toList();
        var rounds = Rounds.alternate(arena.settings().rounds(), cases, one -> switch (one.what()) {
            case EMPTY -> empty(one.packaging());
            case GIVEN -> firstAndOnlyOrder(given, one.packaging(), "PLACED");
            case EMBEDDED -> firstOrder(embedded, one.packaging(), "PLACED");
            case KILLED -> {
                // What the measurement before has started.
                embedded.kill();
                yield firstAndOnlyOrder(embedded, one.packaging(), "CONFIRMED");
            }
        });
        var result = new Result();
        var best = new Case(What.GIVEN, packagings.getLast());
        result.figure("ours", rounds.figure(best, Double::doubleValue, "s"));
        for (var one : cases) {
            var figure = rounds.figure(one, Double::doubleValue, "s");
            if (one.what() == What.EMPTY) {
                result.floor(one.toString(), figure.median());
            } else {
                var empty = new Case(What.EMPTY, one.packaging());
                result.more(one.toString(), figure)
                        .atMost(
                                one.toString(),
                                one.what() == What.GIVEN ? 2 : 3,
                                rounds.ratio(one, empty, Double::doubleValue));
            }
        }
        return result.check("the first order after each start is accepted, after a kill confirmed", true)
                .note("jar: the platform from its one jar, the empty application from extracted libraries.")
                .note("cache: both from extracted libraries, each with a JDK 25 AOT cache of a start of its own.");
    }

    /** A hurried run has no time for the training of a cache. */
    private static List<Packaging> packagings(Arena arena, Node embedded) throws Exception {
        var jar = arena.settings().jar();
        var folder = arena.folder("extracted");
        var plain = Packaging.plain(jar, folder);
        if (arena.settings().quick()) {
            return List.of(plain);
        }
        var training = plain.cached(folder, jar, "-XX:AOTCacheOutput=");
        empty(training);
        embedded.from(training.platform(), training.platformOptions()).launch();
        awaitFirstOrder(embedded, "CONFIRMED");
        embedded.close();
        return List.of(plain, plain.cached(folder, jar, "-XX:AOTCache="));
    }

    private static double empty(Packaging packaging) throws IOException, InterruptedException {
        var start = System.nanoTime();
        try (var application = new EmptyApplication(packaging.emptyClassPath(), packaging.emptyOptions())) {
            application.awaitFirstOrder();
            return seconds(start);
        }
    }

    private static double firstOrder(Node node, Packaging packaging, String status)
            throws IOException, InterruptedException {
        node.from(packaging.platform(), packaging.platformOptions());
        var start = System.nanoTime();
        node.launch();
        awaitFirstOrder(node, status);
        return seconds(start);
    }

    private static double firstAndOnlyOrder(Node node, Packaging packaging, String status)
            throws IOException, InterruptedException {
        var seconds = firstOrder(node, packaging, status);
        node.close();
        return seconds;
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
