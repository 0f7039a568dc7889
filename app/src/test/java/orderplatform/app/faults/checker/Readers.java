package orderplatform.app.faults.checker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Gatherers;
import orderplatform.app.faults.checker.trace.Facts;
import orderplatform.app.faults.checker.trace.LogEvent;
import orderplatform.app.faults.checker.trace.Orders;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * I12: no reader skips an event. The read models, in their tables and as the nodes show them, are what the log makes them;
 * the relay has published every position for the first time in order; the notifications know all that concerns them.
 */
final class Readers implements Check {

    private static final int SKIPS_NOTHING = 12;
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int QUERIES_AT_ONCE = 16;
    private static final Set<String> CONCERNS_NOTIFICATIONS =
            Set.of("order.placed", "order.confirmed", "order.rejected", "order.cancelled");
    private static final String ORDERS =
            "SELECT order_id, status, version, total, authorised, captured, refunded FROM order_view";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private record Shown(String status, long version, long total, long authorised, long captured, long refunded) {

        static Shown of(Orders.Order order) {
            return new Shown(
                    order.status(),
                    order.version(),
                    order.total(),
                    order.authorised(),
                    order.captured(),
                    order.refunded());
        }

        static Shown of(JsonNode view) {
            var payment = view.path("payment");
            return new Shown(
                    view.path("status").asString(""),
                    view.path("version").asLong(),
                    view.path("total").asLong(),
                    payment.path("authorised").asLong(),
                    payment.path("captured").asLong(),
                    payment.path("refunded").asLong());
        }
    }

    @Override
    public Set<Integer> invariants() {
        return Set.of(SKIPS_NOTHING);
    }

    @Override
    public void check(Facts facts, Verdict verdict) throws Exception {
        var until = Instant.now().plus(facts.evidence().viewsLiveFor());
        orders(facts, until, verdict);
        stock(facts, until, verdict);
        relay(facts, verdict);
        notifications(facts, verdict);
    }

    private void orders(Facts facts, Instant until, Verdict verdict) throws Exception {
        var rows = new HashMap<String, Shown>();
        facts.query(
                ORDERS,
                row -> rows.put(
                        row.getString(1),
                        new Shown(
                                row.getString(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7))));
        var nodes = facts.evidence().nodes();
        var asked = new ArrayList<Asked>();
        Orders.of(facts).all().forEach((id, order) -> {
            var node = nodes.get(asked.size() % nodes.size());
            asked.add(new Asked(id, Shown.of(order), node, order.placed()));
        });
        var answers = asked.stream()
                .gather(Gatherers.mapConcurrent(
                        QUERIES_AT_ONCE,
                        order -> shown(order.node, "/api/orders/" + order.id, Shown::of, order.folded, until)))
                .toList();
        for (int i = 0; i < answers.size(); i++) {
            var order = asked.get(i);
            same("order_view", order.id, order.folded, rows.get(order.id), order.placed, verdict);
            same(order.node.toString(), order.id, order.folded, answers.get(i), order.placed, verdict);
        }
    }

    private record Asked(String id, Shown folded, URI node, LogEvent placed) {}

    private static void same(String where, String what, Object folded, Object shown, LogEvent event, Verdict verdict) {
        verdict.checked(SKIPS_NOTHING);
        if (!folded.equals(shown)) {
            verdict.violated(SKIPS_NOTHING, event, "%s shows %s as %s, the log says %s", where, what, shown, folded);
        }
    }

    private void stock(Facts facts, Instant until, Verdict verdict) throws Exception {
        var last = new HashMap<String, LogEvent>();
        facts.log().stream()
                .filter(event ->
                        event.type().startsWith("stock.") && event.data().has("levels"))
                .forEach(event -> last.put(event.text("sku"), event));
        for (var entry : last.entrySet()) {
            var levels = entry.getValue().data().path("levels");
            for (var node : facts.evidence().nodes()) {
                var shown = shown(node, "/api/stock/" + entry.getKey(), Readers::numbers, numbers(levels), until);
                same(node.toString(), entry.getKey(), numbers(levels), shown, entry.getValue(), verdict);
            }
        }
    }

    private static Map<String, Long> numbers(JsonNode levels) {
        return Map.of(
                "onHand", levels.path("onHand").asLong(),
                "reserved", levels.path("reserved").asLong(),
                "allocated", levels.path("allocated").asLong());
    }

    private static void relay(Facts facts, Verdict verdict) {
        long furthest = -1;
        var seen = new HashSet<Long>();
        for (var position : facts.published()) {
            if (seen.add(position)) {
                verdict.checked(SKIPS_NOTHING);
                if (position < furthest) {
                    var event = facts.log().get(position.intValue());
                    verdict.violated(SKIPS_NOTHING, event, "published for the first time after %d", furthest);
                }
                furthest = Math.max(furthest, position);
            }
        }
    }

    private static void notifications(Facts facts, Verdict verdict) throws Exception {
        var known = new HashSet<>(facts.query("SELECT event_id FROM notification_inbox", row -> row.getString(1)));
        facts.log().stream()
                .filter(event -> CONCERNS_NOTIFICATIONS.contains(event.type()))
                .forEach(event -> {
                    verdict.checked(SKIPS_NOTHING);
                    if (!known.contains(event.id())) {
                        verdict.violated(SKIPS_NOTHING, event, "the notifications do not know of %s", event.type());
                    }
                });
    }

    /** As it is wanted, or as it still is when views have had their time. */
    private <T> T shown(URI node, String path, Function<JsonNode, T> read, T wanted, Instant until) {
        var shown = read.apply(get(node, path));
        while (!shown.equals(wanted) && Instant.now().isBefore(until)) {
            LockSupport.parkNanos(POLL.toNanos());
            shown = read.apply(get(node, path));
        }
        return shown;
    }

    private JsonNode get(URI node, String path) {
        var request = HttpRequest.newBuilder(node.resolve(path))
                .timeout(ANSWERS_WITHIN)
                .build();
        try {
            return JsonMapper.shared()
                    .readTree(http.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for %s of %s".formatted(path, node), e);
        }
    }
}
