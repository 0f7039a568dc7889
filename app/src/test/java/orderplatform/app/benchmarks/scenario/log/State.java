package orderplatform.app.benchmarks.scenario.log;

import java.util.List;
import orderplatform.app.benchmarks.load.Audit;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Contender;
import orderplatform.app.benchmarks.process.Progress;
import orderplatform.app.benchmarks.process.Settings;
import orderplatform.app.benchmarks.result.Figure;
import orderplatform.app.benchmarks.result.Result;
import orderplatform.app.benchmarks.scenario.Arena;
import orderplatform.app.benchmarks.scenario.Scenario;

/** B16: what a node keeps of the orders that it has seen, and what that costs the later ones. */
public final class State implements Scenario {

    /** How many orders are placed in all; {@code -Dbench.orders=3000000} takes hours. */
    private static final String ORDERS = "bench.orders";

    private static final int FULL = 300_000;
    private static final int QUICK = 2_000;

    /** The first and the last tenth of the orders are compared. */
    private static final int PART = 10;

    private static final int MOST_OF_A_PART = 100_000;

    @Override
    public String key() {
        return "state";
    }

    @Override
    public String title() {
        return "B16: orders/s after many orders on 1,000 SKUs against the first of them, and the heap";
    }

    @Override
    public Result run(Arena arena) throws Exception {
        var result = new Result();
        var settings = arena.settings();
        int orders = Integer.getInteger(ORDERS, settings.size(FULL, QUICK));
        int part = Math.min(MOST_OF_A_PART, orders / PART);
        var shop = arena.shop(Contender.OURS).startBooks(Shop.skus());
        double before = shop.node().heapAfterCollection();
        var first = shop.place(Settings.CLIENTS, part, Shop::anySku);
        for (int placed = part; placed < orders - part; placed += part) {
            shop.place(Settings.CLIENTS, Math.min(part, orders - part - placed), Shop::anySku);
            Progress.say("  %,d orders, heap %.0f MB", placed, shop.node().heapAfterCollection());
        }
        var last = shop.place(Settings.CLIENTS, part, Shop::anySku);
        shop.awaitQuiet();
        double after = shop.node().heapAfterCollection();
        return result.figure("ours", new Figure(List.of(last.perSecond()), Figure.ORDERS))
                .more("first %,d".formatted(part), Figure.of(first.perSecond(), Figure.ORDERS))
                .more("heap before", Figure.of(before, "MB"))
                .more("heap after", Figure.of(after, "MB"))
                .atLeast("first orders", 0.95, last.perSecond() / first.perSecond())
                .atMost("MB of growth", 64, after - before)
                .checks("ours", Audit.of(shop))
                .note(
                        "%,d orders were placed, after those of other scenarios; the last %,d are compared with the first."
                                .formatted(orders, part));
    }
}
