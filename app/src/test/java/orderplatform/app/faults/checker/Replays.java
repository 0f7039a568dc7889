package orderplatform.app.faults.checker;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orderplatform.app.faults.checker.trace.Facts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** I7: a rebuilt read model equals the live one, byte for byte. I11: a rebuild sends nothing out. */
final class Replays implements Check {

    private static final int EQUALS = 7;
    private static final int SENDS_NOTHING = 11;
    private static final Map<String, String> TABLES = Map.of("orders", "order_view", "stock", "stock_view");
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);
    private static final Duration DONE_WITHIN = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);

    /** In which what was sent would have arrived. */
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(2);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public Set<Integer> invariants() {
        return Set.of(EQUALS, SENDS_NOTHING);
    }

    @Override
    public void check(Facts facts, Verdict verdict) throws Exception {
        var before = heard(facts);
        for (var table : TABLES.entrySet()) {
            var live = rows(facts, table.getValue());
            replay(facts.evidence().nodes().getFirst(), table.getKey(), verdict);
            compareRows(table.getValue(), live, rows(facts, table.getValue()), verdict);
        }
        Thread.sleep(HEARD_WITHIN);
        compareHeard(before, heard(facts), verdict);
    }

    static void compareHeard(Map<String, Long> before, Map<String, Long> after, Verdict verdict) {
        before.forEach((what, count) -> {
            verdict.checked(SENDS_NOTHING);
            if (!count.equals(after.get(what))) {
                wrong(verdict, SENDS_NOTHING, "%s: %d before the replays, %d after them", what, count, after.get(what));
            }
        });
    }

    /** How much there is of what a replay must not add to. */
    private static Map<String, Long> heard(Facts facts) throws Exception {
        var evidence = facts.evidence();
        return Map.of(
                "events", number(facts, "SELECT count(*) FROM event_log.event"),
                "messages", lines(evidence.published()),
                "payments", lines(evidence.ledger()),
                "notifications", number(facts, "SELECT count(*) FROM notification_ledger"),
                "mails", (long) evidence.mails().get().size());
    }

    private static long number(Facts facts, String sql) throws Exception {
        return facts.query(sql, row -> row.getLong(1)).getFirst();
    }

    private static long lines(Path file) throws Exception {
        try (var lines = Files.lines(file)) {
            return lines.count();
        }
    }

    private static List<String> rows(Facts facts, String table) throws Exception {
        return facts.query("SELECT t::text FROM %s t ORDER BY 1".formatted(table), row -> row.getString(1));
    }

    static void compareRows(String table, List<String> live, List<String> replayed, Verdict verdict) {
        var missing = new HashSet<>(live);
        replayed.forEach(row -> {
            verdict.checked(EQUALS);
            if (!missing.remove(row)) {
                wrong(verdict, EQUALS, "%s, replayed, has the row %s", table, row);
            }
        });
        missing.forEach(row -> wrong(verdict, EQUALS, "%s, replayed, lacks the row %s", table, row));
    }

    private void replay(URI node, String projection, Verdict verdict) throws Exception {
        var begun = send(HttpRequest.newBuilder(node.resolve("/api/projections/%s/replays".formatted(projection)))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        var path = "/api/projections/%s/replays/%s"
                .formatted(projection, begun.path("id").asString(""));
        var until = Instant.now().plus(DONE_WITHIN);
        var replay = begun;
        while (replay.path("finishedAt").isNull() && Instant.now().isBefore(until)) {
            Thread.sleep(POLL);
            replay = send(HttpRequest.newBuilder(node.resolve(path)));
        }
        verdict.checked(EQUALS);
        if (!replay.path("state").asString("").equals("SWAPPED")) {
            wrong(verdict, EQUALS, "%s are not built anew: %s", projection, replay);
        }
    }

    private JsonNode send(HttpRequest.Builder request) throws Exception {
        var answer = http.send(request.timeout(ANSWERS_WITHIN).build(), HttpResponse.BodyHandlers.ofString());
        return JsonMapper.shared().readTree(answer.body());
    }

    private static void wrong(Verdict verdict, int invariant, String facts, Object... values) {
        verdict.violated(invariant, Instant.now(), -1, facts, values);
    }
}
