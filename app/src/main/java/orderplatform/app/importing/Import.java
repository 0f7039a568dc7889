package orderplatform.app.importing;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import orderplatform.app.client.PlatformClient;
import orderplatform.app.client.Unreachable;
import orderplatform.app.retail.Invoice;
import orderplatform.app.retail.Stretch;
import org.jspecify.annotations.Nullable;

/**
 * One import: stock first, then the invoices as orders, then the cancellations. Every call carries a key made from the
 * file, so a second import of the same stretch changes nothing.
 */
public final class Import {

    private final Stretch stretch;
    private final int shortEvery;
    private final Crowd crowd;
    private final Duration firstPause;
    private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

    /**
     * @param shortEvery every so many SKUs of a day only half of the demand comes in; 0 for never
     * @param concurrency calls at once
     */
    public Import(Stretch stretch, int shortEvery, int concurrency) {
        this(stretch, shortEvery, concurrency, PlatformClient.FIRST_BACK_OFF);
    }

    /** @param firstPause before a call without an answer is made again; doubled from attempt to attempt */
    public Import(Stretch stretch, int shortEvery, int concurrency, Duration firstPause) {
        this.stretch = stretch;
        this.shortEvery = shortEvery;
        this.crowd = new Crowd(concurrency);
        this.firstPause = firstPause;
    }

    @FunctionalInterface
    private interface Call {
        void make() throws Shop.Refused, Unreachable, InterruptedException;
    }

    /** Whether the platform has settled every invoice already. */
    public boolean isDone(URI url) throws Unreachable, InterruptedException {
        try (PlatformClient platform = new PlatformClient(url, firstPause)) {
            Shop shop = new Shop(platform);
            AtomicBoolean done = new AtomicBoolean(true);
            crowd.each("looking for orders", stretch.sales(), sale -> {
                if (done.get()) {
                    attempt(sale.number(), () -> done.compareAndSet(true, shop.isSettled(sale.number())));
                }
            });
            return done.get() && failures.isEmpty();
        }
    }

    /**
     * Imports.
     *
     * @param url root of the platform
     * @param management root of its management port; null or a silent one leaves its metrics out of the summary
     * @throws Unreachable if the platform does not answer at the beginning or the end
     */
    public Summary run(URI url, @Nullable URI management) throws Unreachable, InterruptedException {
        try (PlatformClient platform = new PlatformClient(url, firstPause)) {
            Shop shop = new Shop(platform);
            Figures before = Figures.of(platform, management);
            Instant start = Instant.now();
            failures.clear();
            crowd.each(
                    "stock",
                    stretch.receipts(shortEvery),
                    receipt -> attempt(receipt.day() + " " + receipt.sku(), () -> shop.receive(receipt)));
            crowd.each(
                    "orders",
                    stretch.sales(),
                    sale -> attempt(sale.number(), () -> outcomes.put(sale.number(), shop.place(sale))));
            List<Match> matches = matches();
            crowd.each(
                    "cancellations",
                    matches,
                    match -> attempt(match.cancellation().number(), () -> {
                        shop.cancel(match.sale(), match.cancellation());
                        cancelled.add(match.sale().number());
                    }));
            Duration took = Duration.between(start, Instant.now());
            Figures figures = Figures.of(platform, management).since(before);
            int unmatched = stretch.cancellations().size() - matches.size();
            return new Summary(
                    stretch,
                    List.copyOf(outcomes.values()),
                    cancelled.size(),
                    unmatched,
                    figures,
                    took,
                    List.copyOf(failures));
        }
    }

    private void attempt(String what, Call call) {
        try {
            call.make();
        } catch (Shop.Refused | Unreachable failed) {
            failures.add(what + ": " + failed.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            failures.add(what + ": interrupted");
        }
    }

    /** A cancellation and the sale that it takes back. */
    record Match(Invoice sale, Invoice cancellation) {}

    private List<Match> matches() {
        List<Invoice> sold = outcomes.values().stream()
                .filter(Outcome::sold)
                .map(Outcome::invoice)
                .toList();
        return matches(sold, stretch.cancellations());
    }

    /** Each cancellation with the latest sale that it fits and that no other has taken. */
    static List<Match> matches(List<Invoice> sold, List<Invoice> cancellations) {
        Map<String, List<Invoice>> byCustomer = new TreeMap<>();
        sold.forEach(sale -> byCustomer
                .computeIfAbsent(sale.customer(), any -> new ArrayList<>())
                .add(sale));
        Set<String> taken = new HashSet<>();
        List<Match> matches = new ArrayList<>();
        for (Invoice cancellation : cancellations) {
            Optional<Invoice> fitting = byCustomer.getOrDefault(cancellation.customer(), List.of()).stream()
                    .filter(sale -> !taken.contains(sale.number()) && cancellation.cancels(sale))
                    .max(Comparator.comparing(Invoice::time).thenComparing(Invoice::number));
            fitting.ifPresent(sale -> {
                taken.add(sale.number());
                matches.add(new Match(sale, cancellation));
            });
        }
        return matches;
    }
}
