package orderplatform.app.importing;

import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import orderplatform.app.retail.Invoice;
import orderplatform.app.retail.Stretch;

/** What an import did, as a table for people. */
public final class Summary {

    private static final int SHOWN_FAILURES = 50;

    private final Map<String, String> rows = new LinkedHashMap<>();
    private final List<String> failures;

    Summary(
            Stretch stretch,
            List<Outcome> outcomes,
            int cancelled,
            int unmatched,
            Figures figures,
            Duration took,
            List<String> failures) {
        this.failures = failures;
        orders(outcomes);
        count("orders cancelled", cancelled);
        count("cancellations unmatched", unmatched);
        count("lines", stretch.lines());
        stretch.skipped().forEach((skip, rows) -> count("rows skipped: " + skip.reason(), rows));
        count(
                "units ordered",
                stretch.sales().stream().mapToLong(Invoice::units).sum());
        count(
                "units sold",
                outcomes.stream()
                        .filter(Outcome::sold)
                        .mapToLong(sale -> sale.invoice().units())
                        .sum());
        count("events", figures.head());
        times(outcomes);
        Metrics metrics = figures.metrics();
        if (metrics != null) {
            rows.put("cache hit ratio", ratio(metrics));
            count("notifications sent", Math.round(metrics.notificationsSent()));
        }
        rows.put("duration", "%.1f s".formatted(seconds(took)));
        rows.put("lines/s", "%.0f".formatted(stretch.lines() / Math.max(seconds(took), 0.001)));
        count("failed", failures.size());
        if (figures.head() == 0) {
            rows.put("changed", "nothing: all of it was there already");
        }
    }

    private void orders(List<Outcome> outcomes) {
        count("orders placed", outcomes.size());
        count("orders confirmed", outcomes.stream().filter(Outcome::sold).count());
        Map<String, Long> rejections = new TreeMap<>();
        outcomes.stream()
                .filter(Outcome::rejected)
                .forEach(outcome -> rejections.merge(outcome.rejection(), 1L, Long::sum));
        rejections.forEach((code, orders) -> count("orders rejected: " + code, orders));
    }

    private void times(List<Outcome> outcomes) {
        List<Duration> sorted = outcomes.stream().map(Outcome::took).sorted().toList();
        if (!sorted.isEmpty()) {
            rows.put(
                    "placed to settled, p50",
                    "%d ms".formatted(percentile(sorted, 50).toMillis()));
            rows.put(
                    "placed to settled, p99",
                    "%d ms".formatted(percentile(sorted, 99).toMillis()));
        }
    }

    static Duration percentile(List<Duration> sorted, int percent) {
        return sorted.get(Math.max(0, (int) Math.ceil(sorted.size() * percent / 100.0) - 1));
    }

    private static String ratio(Metrics metrics) {
        return metrics.cacheLookups() == 0
                ? "no lookups"
                : "%.2f".formatted(metrics.cacheHits() / metrics.cacheLookups());
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private void count(String name, long number) {
        rows.put(name, String.format(Locale.ROOT, "%,d", number));
    }

    /** Whether everything was taken by the platform. */
    public boolean complete() {
        return failures.isEmpty();
    }

    /** Prints the table, and after it what failed. */
    public void print(PrintStream out) {
        int width = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder table = new StringBuilder();
        rows.forEach((name, value) -> table.append(("%-" + width + "s  %s%n").formatted(name, value)));
        failures.stream()
                .sorted()
                .limit(SHOWN_FAILURES)
                .forEach(failure -> table.append("failed: ").append(failure).append(System.lineSeparator()));
        if (failures.size() > SHOWN_FAILURES) {
            table.append("failed: and %d more%n".formatted(failures.size() - SHOWN_FAILURES));
        }
        out.print(table);
        out.flush();
    }
}
