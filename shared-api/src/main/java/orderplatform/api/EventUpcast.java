package orderplatform.api;

import java.util.Objects;
import java.util.function.Consumer;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes the JSON of an event from one revision to the next. What it does not touch stays as it is, known or not. */
public final class EventUpcast extends SingleEventUpcaster {

    private final SimpleSerializedType from;
    private final SimpleSerializedType to;
    private final Consumer<ObjectNode> change;

    /**
     * @param name from the {@link EventCatalogue}
     * @param from the older revision; the next number is the newer one
     */
    EventUpcast(String name, int from, Consumer<ObjectNode> change) {
        this.from = new SimpleSerializedType(name, Integer.toString(from));
        this.to = new SimpleSerializedType(name, Integer.toString(from + 1));
        this.change = change;
    }

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        var type = event.getType();
        return from.getName().equals(type.getName()) && Objects.equals(from.getRevision(), type.getRevision());
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(to, JsonNode.class, json -> {
            change.accept((ObjectNode) json);
            return json;
        });
    }
}
