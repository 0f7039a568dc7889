package orderplatform.app.faults.checker;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import orderplatform.app.faults.checker.trace.Call;
import orderplatform.app.faults.checker.trace.Facts;
import orderplatform.app.faults.checker.trace.LogEvent;

/**
 * I1 and I2: an accepted write is in the log exactly once, however often it was asked for, and every answer to its key is
 * the same; a refused one left nothing; none stays without an answer.
 */
final class Writes implements Check {

    private static final int DONE_ONCE = 1;
    private static final int NOT_DONE = 2;

    @Override
    public Set<Integer> invariants() {
        return Set.of(DONE_ONCE, NOT_DONE);
    }

    @Override
    public void check(Facts facts, Verdict verdict) {
        var made = new Made(facts);
        facts.calls().stream()
                .filter(Call::isWrite)
                .collect(Collectors.groupingBy(Call::key, LinkedHashMap::new, Collectors.toList()))
                .values()
                .forEach(attempts -> check(attempts, made, verdict));
    }

    private static void check(List<Call> attempts, Made made, Verdict verdict) {
        var call = attempts.getFirst();
        var answers = attempts.stream()
                .flatMap(attempt -> attempt.answer().stream())
                .filter(Call.Answer::isFinal)
                .toList();
        if (answers.isEmpty()) {
            verdict.checked(NOT_DONE);
            verdict.violated(NOT_DONE, call.at(), -1, "%s with key %s was never answered", call.path(), call.key());
            return;
        }
        var first = answers.getFirst();
        if (answers.stream().anyMatch(other -> !other.equals(first))) {
            verdict.violated(DONE_ONCE, call.at(), -1, "key %s was answered differently: %s", call.key(), answers);
        }
        var events = made.by(call);
        if (first.isAccepted()) {
            verdict.checked(DONE_ONCE);
            accepted(call, first, events, made, verdict);
        } else {
            verdict.checked(NOT_DONE);
            events.forEach(event -> verdict.violated(
                    NOT_DONE,
                    event,
                    "%s with key %s was refused with %d and done",
                    call.path(),
                    call.key(),
                    first.status()));
        }
    }

    private static void accepted(Call call, Call.Answer answer, List<LogEvent> events, Made made, Verdict verdict) {
        if (events.size() != 1) {
            verdict.violated(
                    DONE_ONCE,
                    call.at(),
                    events.isEmpty() ? -1 : events.getLast().position(),
                    "%s with key %s was accepted and is in the log %d times",
                    call.path(),
                    call.key(),
                    events.size());
            return;
        }
        var event = events.getFirst();
        var named = made.at(answer.token());
        if (named == null || !named.stream().equals(event.stream()) || named.version() != answer.version()) {
            verdict.violated(
                    DONE_ONCE,
                    event,
                    "the answer to key %s names version %s at position %s, which is %s",
                    call.key(),
                    answer.etag(),
                    answer.token(),
                    named);
        }
    }

    /** What writes have left in the log. */
    private static final class Made {

        private final Map<Long, LogEvent> positions = new HashMap<>();
        private final Map<String, List<LogEvent>> placed;
        private final Map<String, List<LogEvent>> cancelled;
        private final Map<String, List<LogEvent>> received;
        private final Map<String, List<LogEvent>> adjusted;

        Made(Facts facts) {
            facts.log().forEach(event -> positions.put(event.position(), event));
            placed = facts.by("order.placed", "orderId");
            cancelled = facts.by("order.cancelled", "orderId");
            received = facts.by("stock.received", "receiptId");
            adjusted = facts.by("stock.adjusted", "adjustmentId");
        }

        LogEvent at(String token) {
            return token.isEmpty() ? null : positions.get(Long.parseLong(token));
        }

        List<LogEvent> by(Call call) {
            var path = call.path();
            if (path.endsWith("/cancellation")) {
                return cancelled.getOrDefault(call.subject(), List.of());
            }
            if (path.endsWith("/receipts")) {
                return received.getOrDefault(call.key(), List.of());
            }
            if (path.endsWith("/adjustments")) {
                return adjusted.getOrDefault(call.key(), List.of());
            }
            return placed.getOrDefault(call.json().path("orderId").asString(), List.of());
        }
    }
}
