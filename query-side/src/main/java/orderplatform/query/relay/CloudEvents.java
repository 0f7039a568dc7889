package orderplatform.query.relay;

import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Objects;
import orderplatform.api.EventCatalogue;
import orderplatform.api.customers.CustomerEvent;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.payments.PaymentEvent;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageDeliveryMode;
import tools.jackson.databind.json.JsonMapper;

/** Makes AMQP messages of events: message id = event id, message type = routing key = name of the event. */
class CloudEvents {

    private record Place(String stream, String subject) {}

    private final JsonMapper json;
    private final Serializer events;
    private final String source;

    /** @param events what the log is written with: an event goes out as it stands there, upcast */
    CloudEvents(JsonMapper json, Serializer events, RelayProperties properties) {
        this.json = json;
        this.events = events;
        this.source = properties.source();
    }

    /** @throws IllegalStateException for an event that is not in the catalogue: nobody could read it */
    Message message(EventMessage<?> event, long position) {
        CloudEvent cloudEvent = cloudEvent(event, position);
        return MessageBuilder.withBody(bytes(json.writeValueAsString(cloudEvent)))
                .setContentType(CloudEvent.CONTENT_TYPE)
                .setContentEncoding("UTF-8")
                .setMessageId(cloudEvent.id())
                .setType(cloudEvent.type())
                .setTimestamp(Date.from(cloudEvent.time()))
                .setDeliveryMode(MessageDeliveryMode.PERSISTENT)
                .build();
    }

    /** A log may hold half of a surrogate pair, which would fail the JSON writer; the JDK makes it a question mark. */
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private CloudEvent cloudEvent(EventMessage<?> event, long position) {
        Object payload = event.getPayload();
        String type = EventCatalogue.ofType(payload.getClass())
                .map(EventCatalogue.Entry::name)
                .orElseThrow(() -> new IllegalStateException("Not in the event catalogue: " + payload.getClass()));
        Place place = placeOf(payload);
        SerializedObject<String> data = event.serializePayload(events, String.class);
        return new CloudEvent(
                CloudEvent.SPEC_VERSION,
                event.getIdentifier(),
                source,
                type,
                place.subject(),
                event.getTimestamp(),
                CloudEvent.DATA_CONTENT_TYPE,
                Long.toString(position),
                place.stream(),
                event instanceof DomainEventMessage<?> it ? Long.toString(it.getSequenceNumber()) : null,
                text(event.getMetaData(), "correlationId"),
                text(event.getMetaData(), "causationId"),
                data.getType().getRevision(),
                data.getData());
    }

    private static Place placeOf(Object event) {
        return switch (event) {
            case OrderEvent it -> new Place(it.orderId().stream(), it.orderId().value());
            case PaymentEvent it ->
                new Place(it.paymentId().stream(), it.orderId().value());
            case StockEvent it -> new Place(it.sku().stream(), it.sku().value());
            case CustomerEvent it ->
                new Place(it.customerId().stream(), it.customerId().value());
            default -> throw new IllegalStateException("An event of no known stream: " + event.getClass());
        };
    }

    private static @Nullable String text(MetaData metaData, String key) {
        return Objects.toString(metaData.get(key), null);
    }
}
