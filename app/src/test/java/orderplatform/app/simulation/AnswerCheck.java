package orderplatform.app.simulation;

import static orderplatform.app.simulation.Rules.require;

import java.util.List;
import java.util.Map;
import orderplatform.api.Outcome;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.orders.OrderCommand;
import orderplatform.api.orders.OrderEvent;
import orderplatform.eventstore.log.MemoryLog.Logged;

/** What a client was told of is in the log once, and what it was refused is not. */
record AnswerCheck(List<Logged> events, Map<String, Customers.Call> calls) {

    void check() {
        calls.forEach((commandId, call) -> {
            var made = events.stream()
                    .filter(event -> isOf(commandId, call.command(), event))
                    .count();
            var accepted = call.answer() instanceof Outcome.Accepted;
            require(
                    made == (accepted ? 1 : 0),
                    accepted ? "an accepted command is in the log once" : "a refused command is not in the log",
                    () -> "%d events of %s, which was answered %s".formatted(made, call.command(), call.answer()));
        });
    }

    private static boolean isOf(String commandId, Object command, Logged event) {
        return switch (command) {
            case OrderCommand.Place it ->
                event.payload() instanceof OrderEvent.Placed placed
                        && placed.orderId().equals(it.orderId());
            case OrderCommand.Cancel _ ->
                event.payload() instanceof OrderEvent.Cancelled
                        && event.causationId().filter(commandId::equals).isPresent();
            case StockCommand.Receive it ->
                event.payload() instanceof StockEvent.Received received
                        && received.receiptId().equals(it.receiptId());
            case StockCommand.Adjust it ->
                event.payload() instanceof StockEvent.Adjusted adjusted
                        && adjusted.adjustmentId().equals(it.adjustmentId());
            default -> throw new IllegalArgumentException("Nobody calls " + command);
        };
    }
}
