package orderplatform.app.stores;

import java.util.Optional;
import orderplatform.api.orders.OrderId;
import orderplatform.api.payments.PaymentId;
import orderplatform.app.logging.MessageContext;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;

/** What an event belongs to, by its stream's name if its payload can't be read. */
public final class EventOwners {

    private EventOwners() {}

    /** The order that the event is about. */
    public static Optional<String> order(EventMessage<?> event) {
        return MessageContext.orderOf(event)
                .map(OrderId::value)
                .or(() -> stream(event).map(stream -> stream.replaceFirst("^(order-|payment-pay-)", "")));
    }

    /** The payment of that order. */
    static Optional<String> payment(EventMessage<?> event) {
        return order(event).map(order -> PaymentId.of(new OrderId(order)).value());
    }

    /** The stream that the event is in. */
    public static Optional<String> stream(EventMessage<?> event) {
        return event instanceof DomainEventMessage<?> of ? Optional.of(of.getAggregateIdentifier()) : Optional.empty();
    }
}
