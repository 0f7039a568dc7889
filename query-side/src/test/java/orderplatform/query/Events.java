package orderplatform.query;

import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.Sku;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderLine;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Appends given events to their streams, and waits for projections. */
public class Events {

    private final EventStore store;
    private final MemoryLog log;

    Events(EventStore store, MemoryLog log) {
        this.store = store;
        this.log = log;
    }

    public static OrderId orderId() {
        return new OrderId("o-" + UUID.randomUUID());
    }

    public static OrderEvent.Placed placed(OrderId orderId, String customerId, Contact contact) {
        var lines = List.of(new OrderLine(new Sku("85123A"), 6, 255), new OrderLine(new Sku("71053"), 1, 339));
        return new OrderEvent.Placed(
                orderId, new CustomerId(customerId), contact, lines, 0, new Money(6 * 255 + 339, "GBP"));
    }

    /** The log's head after the events of one stream, whose versions go on from {@code version}. */
    public long append(String stream, long version, Object... events) {
        var messages = new ArrayList<DomainEventMessage<?>>();
        for (Object event : events) {
            var metadata = Map.of("correlationId", "corr-1", "causationId", "cause-1", "actor", "shop", "traceId", "t");
            messages.add(new GenericDomainEventMessage<>(
                    stream.substring(0, stream.indexOf('-')), stream, version + messages.size(), event, metadata));
        }
        store.publish(messages);
        return log.head();
    }

    /** An event that no aggregate appended. */
    public void publish(Object event) {
        store.publish(GenericEventMessage.asEventMessage(event));
    }

    /** Returns when the projection has passed the log's head. */
    public void projectedTo(String projection) {
        long head = log.head();
        await().until(() -> log.hasPassed(projection, head));
    }
}
