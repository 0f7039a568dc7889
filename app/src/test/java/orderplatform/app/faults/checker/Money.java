package orderplatform.app.faults.checker;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import orderplatform.app.faults.checker.trace.Facts;
import orderplatform.app.faults.checker.trace.Orders;
import tools.jackson.databind.JsonNode;

/**
 * I5: the provider's books balance and agree with the log; a confirmed order is charged its total once, and any other
 * that is over holds nothing of the customer's.
 */
final class Money implements Check {

    private static final int BALANCES = 5;

    /** What the provider did for one payment, in minor units. */
    private static final class Account {
        final Map<String, JsonNode> steps = new HashMap<>();
        int captures;

        void read(JsonNode line) {
            var before = steps.put(line.path("step").asString(), line);
            boolean again = before != null && before.path("status").equals(line.path("status"));
            captures += line.path("step").asString().equals("CAPTURE") && (isApproved(line) || again) ? 1 : 0;
        }

        private static boolean isApproved(JsonNode line) {
            return line.path("status").asString().equals("APPROVED");
        }

        long approved(String step) {
            var line = steps.get(step);
            return line != null && isApproved(line) ? line.path("amount").asLong() : 0;
        }

        long open() {
            return approved("AUTHORISE") - approved("CAPTURE") - approved("VOID");
        }

        boolean isPending() {
            var line = steps.get("AUTHORISE");
            return line != null && line.path("status").asString().equals("PENDING");
        }

        @Override
        public String toString() {
            return "authorised %d, captured %d, voided %d, refunded %d"
                    .formatted(approved("AUTHORISE"), approved("CAPTURE"), approved("VOID"), approved("REFUND"));
        }
    }

    @Override
    public Set<Integer> invariants() {
        return Set.of(BALANCES);
    }

    @Override
    public void check(Facts facts, Verdict verdict) {
        var accounts = new HashMap<String, Account>();
        facts.ledger()
                .forEach(line -> accounts.computeIfAbsent(line.path("paymentId").asString(), any -> new Account())
                        .read(line));
        var orders = Orders.of(facts).all();
        orders.forEach((id, order) -> {
            verdict.checked(BALANCES);
            check(id, order, accounts.getOrDefault("pay-" + id, new Account()), verdict);
        });
        accounts.keySet().stream()
                .filter(payment -> !orders.containsKey(payment.substring("pay-".length())))
                .forEach(payment -> verdict.violated(
                        BALANCES, Instant.now(), -1, "the provider knows payment %s of no order", payment));
    }

    private static void check(String id, Orders.Order order, Account account, Verdict verdict) {
        if (account.open() < 0 || account.approved("REFUND") > account.approved("CAPTURE") || account.captures > 1) {
            verdict.violated(BALANCES, order.placed(), "order %s: the books do not balance: %s", id, account);
        }
        if (account.approved("AUTHORISE") != order.authorised()
                || account.approved("CAPTURE") != order.captured()
                || account.approved("VOID") != order.voided()
                || account.approved("REFUND") != order.refunded()) {
            verdict.violated(
                    BALANCES,
                    order.placed(),
                    "order %s: the log says authorised %d, captured %d, voided %d, refunded %d; the provider %s",
                    id,
                    order.authorised(),
                    order.captured(),
                    order.voided(),
                    order.refunded(),
                    account);
        }
        long kept = account.approved("CAPTURE") - account.approved("REFUND");
        boolean wrong = order.isConfirmed()
                ? kept != order.total() || account.open() != 0
                : order.isOver() && (kept != 0 || account.open() != 0 || account.isPending());
        if (wrong) {
            verdict.violated(
                    BALANCES, order.placed(), "order %s over %d is %s: %s", id, order.total(), order.status(), account);
        }
    }
}
