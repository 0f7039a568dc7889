package orderplatform.saga.fulfilment;

import static org.axonframework.commandhandling.GenericCommandMessage.asCommandMessage;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.orders.OrderCommand;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.payments.PaymentCommand;
import orderplatform.api.payments.PaymentId;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.springframework.stereotype.Component;

/**
 * Gives an order up in the place of its saga, which can't. From the order's events alone; what the saga had sent before
 * is recognised by its receivers, so doing it twice does no harm.
 */
@Component
public class Compensation {

    private static final long COMMAND_TIMEOUT_SECONDS = 10;

    private final CommandGateway commands;
    private final EventStore events;

    Compensation(CommandGateway commands, EventStore events) {
        this.commands = commands;
        this.events = events;
    }

    /**
     * Cancels the order if it is not over, voids or refunds its payment, and gives back its stock.
     *
     * @throws RuntimeException if a command could not be handled; those before it have taken effect
     */
    public void of(OrderId orderId, String reason) {
        var chain = chainOf(orderId);
        send(new OrderCommand.Cancel(orderId, reason, null), chain);
        var history = eventsOf(orderId).map(Message::getPayload).toList();
        cancelPayment(orderId, chain);
        boolean confirmed = history.stream().anyMatch(OrderEvent.Confirmed.class::isInstance);
        history.stream()
                .filter(OrderEvent.Placed.class::isInstance)
                .map(OrderEvent.Placed.class::cast)
                .flatMap(placed -> OrderEvent.quantities(placed.lines()).entrySet().stream())
                .forEach(line -> send(
                        confirmed
                                ? new StockCommand.Deallocate(line.getKey(), orderId, line.getValue())
                                : new StockCommand.Release(line.getKey(), orderId),
                        chain));
    }

    /** What the order's own events have in common, so that what is done for it by hand is found with them. */
    private Map<String, ?> chainOf(OrderId orderId) {
        return eventsOf(orderId)
                .findFirst()
                .map(placed -> placed.getMetaData().subset("correlationId"))
                .orElse(MetaData.emptyInstance());
    }

    /** From the first on: a snapshot does not say what happened. */
    private Stream<? extends DomainEventMessage<?>> eventsOf(OrderId orderId) {
        return events.readEvents(orderId.stream(), 0).asStream();
    }

    private void cancelPayment(OrderId orderId, Map<String, ?> chain) {
        try {
            send(new PaymentCommand.Cancel(PaymentId.of(orderId)), chain);
        } catch (AggregateNotFoundException neverAskedFor) {
            return;
        }
    }

    private void send(Object command, Map<String, ?> chain) {
        commands.sendAndWait(asCommandMessage(command).andMetaData(chain), COMMAND_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
