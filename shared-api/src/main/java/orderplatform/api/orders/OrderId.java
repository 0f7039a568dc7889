package orderplatform.api.orders;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import orderplatform.api.Identifiers;

/** An order, named by the shop or by the platform. */
public record OrderId(@JsonValue String value) {

    /** @throws IllegalArgumentException if the value does not match {@link Identifiers#PATTERN} */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public OrderId {
        Identifiers.require("Order id", value);
    }

    /** The stream in the log that holds this order. */
    public String stream() {
        return "order-" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
