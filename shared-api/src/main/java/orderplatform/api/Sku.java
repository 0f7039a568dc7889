package orderplatform.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A stock-keeping unit, as the shop names it. */
public record Sku(@JsonValue String value) implements Comparable<Sku> {

    /** @throws IllegalArgumentException if the value does not match {@link Identifiers#PATTERN} */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Sku {
        Identifiers.require("SKU", value);
    }

    /** The stream in the log that holds this SKU's stock. */
    public String stream() {
        return "stock-" + value;
    }

    @Override
    public int compareTo(Sku other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
