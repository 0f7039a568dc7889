package orderplatform.app.faults.checker;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** I9: every order is over and no saga waits, or both are listed as parked with a reason. */
final class Ends implements Check {

    private static final int ENDS = 9;
    private static final String SAGAS = """
            SELECT s.saga_id, s.type, a.value FROM event_log.saga s
            LEFT JOIN event_log.saga_association a ON a.saga_id = s.saga_id""";

    private record Waiting(String saga, String type, String about) {}

    @Override
    public Set<Integer> invariants() {
        return Set.of(ENDS);
    }

    @Override
    public void check(Facts facts, Verdict verdict) throws Exception {
        var parked = new HashSet<>(
                facts.query("SELECT sequence FROM event_log.parked WHERE cause <> ''", row -> row.getString(1)));
        Orders.of(facts).all().forEach((id, order) -> {
            verdict.checked(ENDS);
            if (!order.isOver() && !parked.contains(id)) {
                verdict.violated(ENDS, order.placed, "order %s is still %s", id, order.status);
            }
        });
        var sagas = facts.query(SAGAS, row -> new Waiting(row.getString(1), row.getString(2), row.getString(3)));
        for (var saga : sagas) {
            verdict.checked(ENDS);
            var order = saga.about == null ? "" : saga.about.replaceFirst("^pay-", "");
            if (!parked.contains(order)) {
                verdict.violated(ENDS, Instant.now(), -1, "%s %s of %s still waits", saga.type, saga.saga, saga.about);
            }
        }
    }
}
