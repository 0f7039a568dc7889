package orderplatform.app.simulation;

import static orderplatform.app.simulation.Rules.require;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.payments.PaymentId;
import orderplatform.api.payments.PaymentStep;
import orderplatform.eventstore.log.MemoryLog.Logged;

/** The provider's ledger charges each confirmed order its total once, and nobody else anything. */
record MoneyCheck(List<Logged> events, List<Provider.Entry> ledger) {

    void check() {
        var outcomes = LogCheck.outcomes(events);
        var open = new HashMap<PaymentId, long[]>();
        ledger.forEach(entry -> open.computeIfAbsent(entry.paymentId(), id -> new long[PaymentStep.values().length])[
                        entry.step().ordinal()] +=
                entry.amount());
        for (var event : events) {
            if (event.payload() instanceof OrderEvent.Placed placed) {
                var paymentId = PaymentId.of(placed.orderId());
                var sums = open.getOrDefault(paymentId, new long[PaymentStep.values().length]);
                open.remove(paymentId);
                var confirmed = OrderEvent.Confirmed.class.equals(outcomes.get(placed.orderId()));
                check(
                        paymentId,
                        sums,
                        confirmed ? placed.total().amount() : 0,
                        placed.total().amount());
            }
        }
        require(open.isEmpty(), "nobody else is charged", open::keySet);
    }

    private void check(PaymentId paymentId, long[] sums, long due, long total) {
        var authorised = sums[PaymentStep.AUTHORISE.ordinal()];
        var captured = sums[PaymentStep.CAPTURE.ordinal()];
        var voided = sums[PaymentStep.VOID.ordinal()];
        var refunded = sums[PaymentStep.REFUND.ordinal()];
        var facts = Map.of("payment", paymentId, "total", total, "due", due, "ledger", entries(paymentId));
        require(captured - refunded == due, "confirmed orders are charged once and nobody else is", () -> facts);
        require(authorised == captured + voided, "no money stays authorised", () -> facts);
        require(authorised <= total, "no money is authorised twice", () -> facts);
    }

    private List<Provider.Entry> entries(PaymentId paymentId) {
        return ledger.stream()
                .filter(entry -> entry.paymentId().equals(paymentId))
                .toList();
    }
}
