package orderplatform.app.faults.checker;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import orderplatform.app.faults.checker.trace.Facts;
import orderplatform.app.faults.checker.trace.Orders;

/** I9: every order is over and no saga waits, or both are listed as parked with a reason. */
final class Ends implements Check {

    private static final int ENDS = 9;
    private static final String SAGAS = """
            SELECT saga_id, regexp_replace(saga_id, '^(OrderFulfilment-|PaymentExecution-pay-)', '') FROM event_log.saga""";

    private record Waiting(String saga, String order) {}

    @Override
    public Set<Integer> invariants() {
        return Set.of(ENDS);
    }

    @Override
    public void check(Facts facts, Verdict verdict) throws Exception {
        var parked = new HashSet<>(facts.query(
                "SELECT regexp_replace(sequence, '^pay-', '') FROM event_log.parked WHERE cause <> ''",
                row -> row.getString(1)));
        Orders.of(facts).all().forEach((id, order) -> {
            verdict.checked(ENDS);
            if (!order.isOver() && !parked.contains(id)) {
                verdict.violated(ENDS, order.placed(), "order %s is still %s", id, order.status());
            }
        });
        var sagas = facts.query(SAGAS, row -> new Waiting(row.getString(1), row.getString(2)));
        for (var saga : sagas) {
            verdict.checked(ENDS);
            if (!parked.contains(saga.order)) {
                verdict.violated(ENDS, Instant.now(), -1, "%s still waits", saga.saga);
            }
        }
    }
}
