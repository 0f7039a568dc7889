package orderplatform.saga.fulfilment;

import java.util.List;
import java.util.concurrent.TimeUnit;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.orders.OrderCommand;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.payments.PaymentCommand;
import orderplatform.api.payments.PaymentId;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.stereotype.Component;

/**
 * Gives an order up in the place of its saga, which can't. From the order's events alone; what the saga had sent before
 * is recognised by its receivers, so doing it twice does no harm.
 */
@Component
public class Compensation {

    private static final long SECONDS = 10;

    private final CommandGateway commands;
    private final EventStore events;

    Compensation(CommandGateway commands, EventStore events) {
        this.commands = commands;
        this.events = events;
    }

    /**
     * Cancels the order where it is not over, voids or refunds its payment, and gives back its stock.
     *
     * @throws RuntimeException where a command could not be handled; those before it have taken effect
     */
    public void of(OrderId orderId, String reason) {
        send(new OrderCommand.Cancel(orderId, reason, null));
        List<OrderEvent> history = events.readEvents(orderId.stream())
                .asStream()
                .map(Message::getPayload)
                .map(OrderEvent.class::cast)
                .toList();
        cancelPayment(orderId);
        boolean confirmed = history.stream().anyMatch(OrderEvent.Confirmed.class::isInstance);
        history.stream()
                .filter(OrderEvent.Placed.class::isInstance)
                .map(OrderEvent.Placed.class::cast)
                .flatMap(placed -> OrderEvent.quantities(placed.lines()).entrySet().stream())
                .forEach(line -> send(
                        confirmed
                                ? new StockCommand.Deallocate(line.getKey(), orderId, line.getValue())
                                : new StockCommand.Release(line.getKey(), orderId)));
    }

    private void cancelPayment(OrderId orderId) {
        try {
            send(new PaymentCommand.Cancel(PaymentId.of(orderId)));
        } catch (AggregateNotFoundException neverAskedFor) {
            return;
        }
    }

    private void send(Object command) {
        commands.sendAndWait(command, SECONDS, TimeUnit.SECONDS);
    }
}
