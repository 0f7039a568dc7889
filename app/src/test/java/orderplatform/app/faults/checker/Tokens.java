package orderplatform.app.faults.checker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import orderplatform.app.faults.checker.trace.Call;
import orderplatform.app.faults.checker.trace.Facts;
import orderplatform.app.faults.checker.trace.LogEvent;

/** I8: a query with a token shows an order at least as new as the log was at the token's position. */
final class Tokens implements Check {

    private static final int NOT_OLDER = 8;

    @Override
    public Set<Integer> invariants() {
        return Set.of(NOT_OLDER);
    }

    @Override
    public void check(Facts facts, Verdict verdict) {
        Map<String, List<LogEvent>> streams = new HashMap<>();
        facts.log()
                .forEach(event -> streams.computeIfAbsent(event.stream(), any -> new ArrayList<>())
                        .add(event));
        for (var call : facts.calls()) {
            if (!call.token().isEmpty()
                    && call.answer().filter(it -> it.status() != 503).isPresent()) {
                verdict.checked(NOT_OLDER);
                var due = streams.getOrDefault("order-" + call.subject(), List.of()).stream()
                        .filter(event -> event.position() <= Long.parseLong(call.token()))
                        .mapToLong(LogEvent::version)
                        .max()
                        .orElse(-1);
                check(call, due, verdict);
            }
        }
    }

    private static void check(Call call, long due, Verdict verdict) {
        var answer = call.answer().orElseThrow();
        var shown = answer.status() == 200 ? answer.json().path("version").asLong() : -1;
        if (shown < due) {
            verdict.violated(
                    NOT_OLDER,
                    call.at(),
                    Long.parseLong(call.token()),
                    "%s with token %s showed version %d, and %d is due (status %d)",
                    call.path(),
                    call.token(),
                    shown,
                    due,
                    answer.status());
        }
    }
}
