package orderplatform.app.benchmarks.scenario.orders;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import orderplatform.app.benchmarks.load.Audit;
import orderplatform.app.benchmarks.load.Crowd;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.result.Rounds;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Pace;
import orderplatform.app.benchmarks.scenario.Scenario;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** B13: what customers wait for the answer to an accepted order while many more come than the platform settles. */
public final class Overload implements Scenario {

    private static final String BUSY = "busy";
    private static final String OVERLOADED = "overloaded";

    /** More than may wait, and more than have a thread. */
    private static final int CROWD = 16 * Settings.CLIENTS;

    private final AtomicInteger orders = new AtomicInteger();

    /**
     * Calls of a crowd without a pause, but for the one that a refusal asks for.
     *
     * @param accepted nanoseconds until the answer to each accepted order
     * @param refused how many were told to come again
     * @param wrong how many were answered otherwise
     */
    private record Rush(Histogram accepted, long refused, long wrong, double seconds) {

        double p99() {
            return Latency.p99(accepted);
        }

        double perSecond() {
            return accepted.getTotalCount() / seconds;
        }

        double refusedPerSecond() {
            return refused / seconds;
        }
    }

    @Override
    public String key() {
        return "overload";
    }

    @Override
    public String title() {
        return "B13: milliseconds until the answer to an accepted order, p99, on %,d connections, against %d"
                .formatted(CROWD, Settings.CLIENTS);
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
        try (var node = arena.node("overload", Contender.OURS).start()) {
            var shop = Shop.on(node).open();
            Pace.warmUp(shop, settings, Shop::anySku);
            var rounds = Rounds.alternate(settings.rounds(), List.of(BUSY, OVERLOADED), name -> {
                shop.awaitQuiet();
                return rush(shop, name.equals(BUSY) ? Settings.CLIENTS : CROWD, settings.round());
            });
            result.figure("ours", rounds.figure(OVERLOADED, Rush::p99, "ms"))
                    .more(BUSY, rounds.figure(BUSY, Rush::p99, "ms"));
            for (var name : List.of(BUSY, OVERLOADED)) {
                result.more("accepted, " + name, rounds.figure(name, Rush::perSecond, Figure.ORDERS));
            }
            shop.awaitQuiet();
            return result.more("refused", rounds.figure(OVERLOADED, Rush::refusedPerSecond, "answers/s"))
                    .atMost(BUSY, 3, rounds.ratio(OVERLOADED, BUSY, Rush::p99))
                    .ratio("accepted", rounds.ratio(OVERLOADED, BUSY, Rush::perSecond))
                    .check(
                            "whoever is not accepted is told when to come again",
                            rounds.of(OVERLOADED).stream().allMatch(rush -> rush.wrong() == 0))
                    .checks("ours", Audit.of(shop));
        }
    }

    private Rush rush(Shop shop, int clients, Duration time) throws Exception {
        var accepted = new ConcurrentHistogram(3);
        var refused = new LongAdder();
        var wrong = new LongAdder();
        var start = System.nanoTime();
        var until = start + time.toNanos();
        Crowd.run(clients, shop::connect, connection -> {
            while (System.nanoTime() < until) {
                var called = System.nanoTime();
                var answer = shop.askFor(connection, Shop.anySku(orders.getAndIncrement()));
                if (answer.status() == 201) {
                    accepted.recordValue(System.nanoTime() - called);
                } else if (answer.status() == 503 && answer.number("Retry-After") > 0) {
                    refused.increment();
                    Thread.sleep(Duration.ofNanos(Math.min(
                            TimeUnit.SECONDS.toNanos(answer.number("Retry-After")), until - System.nanoTime())));
                } else {
                    wrong.increment();
                }
            }
        });
        return new Rush(accepted, refused.sum(), wrong.sum(), (System.nanoTime() - start) / 1e9);
    }
}
