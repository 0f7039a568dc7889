package orderplatform.app.benchmarks.scenario.log;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import orderplatform.app.benchmarks.load.Audit;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Connection;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Pace;
import orderplatform.app.benchmarks.scenario.Scenario;
import orderplatform.app.benchmarks.scenario.Stand;
import orderplatform.app.benchmarks.scenario.orders.Latency;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.JsonNode;

/** B12: what a shop's customers notice of a replay of 1,000,000 events, which is swapped in, taken back, and survives its node. */
public final class ReplayUnderLoad implements Scenario {

    private static final String REPLAYS = "/api/projections/orders/replays";
    private static final String ALONE = "alone";
    private static final String BESIDE = "beside a replay";
    private static final Duration POLL = Duration.ofMillis(20);

    /** Of what the platform settles at most. */
    private static final double SHARE = 0.25;

    private final AtomicBoolean isOver = new AtomicBoolean();
    private final List<Double> perSecond = new CopyOnWriteArrayList<>();

    @Override
    public String key() {
        return "replayUnderLoad";
    }

    @Override
    public String title() {
        return "B12: milliseconds from POST to confirmed and visible, p99, beside replays of the log";
    }

    @Override
    public boolean isQuick() {
        return false;
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var settings = arena.settings();
        var stand = arena.loadedStand(Contender.OURS, Replay.events(settings));
        if (!stand.isRunning()) {
            stand.start();
        }
        var shop = stand.shop().open();
        int pace = Pace.warmUp(shop, settings, Shop::anySku);
        shop.startBooks(Shop.skus());
        double rate = shop.place(Settings.CLIENTS, pace, Shop::anySku).perSecond() * SHARE;
        int orders = (int) (rate * settings.round().toMillis() / 1000);
        result.more("rate", Figure.of(rate, Figure.ORDERS));
        // The loaded log has no rows yet.
        replay(shop, result);
        try (var thread = Executors.newSingleThreadExecutor()) {
            var reader = thread.submit(() -> readOn(shop));
            var rounds = Rounds.alternate(
                    settings.rounds(),
                    List.of(ALONE, BESIDE),
                    name -> name.equals(ALONE)
                            ? Latency.atRate(shop, rate, orders)
                            : besideReplays(shop, rate, orders, result));
            rollBack(shop, result);
            isOver.set(true);
            result.check("no query fails or goes back in time", reader.get());
            result.figure("ours", rounds.figure(BESIDE, Latency::p99, "ms"))
                    .more("replay", new Figure(perSecond, "events/s"))
                    .more(ALONE, rounds.figure(ALONE, Latency::p99, "ms"))
                    .more("p50, " + BESIDE, rounds.figure(BESIDE, Latency::p50, "ms"))
                    .more("p50, " + ALONE, rounds.figure(ALONE, Latency::p50, "ms"))
                    .atMost(ALONE, 1.5, rounds.ratio(BESIDE, ALONE, Latency::p99));
        }
        goesOnAfterAKill(stand, result);
        result.checks("ours", Audit.of(shop))
                .note("%,d events; orders at a quarter of what the node settles at most."
                        .formatted(Replay.events(settings)));
        stand.stop();
        return result;
    }

    private Histogram besideReplays(Shop shop, double rate, int orders, Result result) throws Exception {
        var enough = new AtomicBoolean();
        try (var thread = Executors.newSingleThreadExecutor()) {
            var replays = thread.submit(() -> {
                while (!enough.get()) {
                    var start = System.nanoTime();
                    var over = replay(shop, result);
                    perSecond.add((over.path("position").asLong() + 1) * 1e9 / (System.nanoTime() - start));
                    result.check(
                            "each replay makes the rows that are live",
                            over.path("comparison").path("equal").asBoolean());
                }
                return null;
            });
            var histogram = Latency.atRate(shop, rate, orders);
            enough.set(true);
            replays.get();
            return histogram;
        }
    }

    private static JsonNode replay(Shop shop, Result result) throws Exception {
        try (var connection = shop.connect(0)) {
            var over = awaitOver(connection, begin(connection));
            result.check("each replay ends live", over.path("state").asString().equals("SWAPPED"));
            return over;
        }
    }

    private static String begin(Connection connection) throws IOException {
        return connection.post(REPLAYS, "{}").expect(202).header("Location");
    }

    private static JsonNode awaitOver(Connection connection, String location) throws Exception {
        var replay = connection.get(location).expect(200).json();
        while (replay.path("finishedAt").isNull()) {
            Thread.sleep(POLL);
            replay = connection.get(location).expect(200).json();
        }
        return replay;
    }

    private static void rollBack(Shop shop, Result result) throws IOException {
        try (var connection = shop.connect(0)) {
            var answer = connection.post("/api/projections/orders/rollback", "");
            result.check("the generation before is had back under load", answer.status() == 200);
        }
    }

    /** Whether every answer is one, and none is older than the one before it. */
    private boolean readOn(Shop shop) throws Exception {
        try (var connection = shop.connect(0)) {
            var positions = new HashMap<String, Long>();
            var newest = "";
            while (!isOver.get()) {
                var orders = connection
                        .get("/api/orders?limit=20")
                        .expect(200)
                        .json()
                        .path("items");
                var first = orders.path(0).path("orderId").asString();
                boolean isOlder = !first.equals(newest) && positions.containsKey(first);
                for (var order : orders) {
                    long position = order.path("position").asLong();
                    var before = positions.put(order.path("orderId").asString(), position);
                    isOlder |= before != null && before > position;
                }
                if (isOlder) {
                    System.err.printf("After %s: %s%n", newest, orders);
                    return false;
                }
                newest = first;
            }
            return true;
        }
    }

    private static void goesOnAfterAKill(Stand stand, Result result) throws Exception {
        String location;
        try (var connection = stand.shop().connect(0)) {
            location = begin(connection);
            while (connection.get(location).json().path("percent").asLong() < 10) {
                Thread.sleep(POLL);
            }
        }
        stand.node().kill();
        stand.start();
        try (var connection = stand.shop().connect(0)) {
            var over = awaitOver(connection, location);
            result.check(
                    "a replay whose node is killed begins again and ends live",
                    over.path("state").asString().equals("SWAPPED"));
        }
    }
}
