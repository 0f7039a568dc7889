package orderplatform.query.notifications;

import java.util.List;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderId;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An order event as the queue brings it.
 *
 * @param data the event's JSON
 */
public record OrderTold(String eventId, String type, OrderId orderId, long position, JsonNode data) {

    static final String PLACED = "order.placed";

    /** What the queue is bound to: the placement with its contact, and whatever customers are told about. */
    public static final List<String> TYPES = List.of(PLACED, "order.confirmed", "order.rejected", "order.cancelled");

    /** @throws RuntimeException if the body is no CloudEvent of an order */
    public static OrderTold parse(JsonMapper json, byte[] body) {
        JsonNode event = json.readTree(body);
        return new OrderTold(
                event.required("id").asString(),
                event.required("type").asString(),
                new OrderId(event.required("subject").asString()),
                Long.parseLong(event.required("position").asString()),
                event.required("data"));
    }

    boolean isPlacement() {
        return type.equals(PLACED);
    }

    /** Name of the text that tells about it, such as {@code order-confirmed}. */
    public String template() {
        return type.replace('.', '-');
    }

    /** Why it happened; empty if there is nothing to explain. */
    public String reason() {
        JsonNode reason = data.path("reason");
        return reason.isObject() ? reason.path("detail").asString("") : reason.asString("");
    }

    /** Of a placement; both parts missing if the order has no contact. */
    Contact contact() {
        return contact(data);
    }

    static Contact contact(JsonNode placement) {
        JsonNode contact = placement.path("contact");
        return new Contact(text(contact.path("email")), text(contact.path("phone")));
    }

    private static @Nullable String text(JsonNode node) {
        return node.isString() ? node.asString() : null;
    }
}
