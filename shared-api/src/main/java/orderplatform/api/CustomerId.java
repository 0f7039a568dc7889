package orderplatform.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A customer, as the shop names them; a pseudonym, never a name or an address. */
public record CustomerId(@JsonValue String value) {

    /** @throws IllegalArgumentException if the value does not match {@link Identifiers#PATTERN} */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public CustomerId {
        Identifiers.require("Customer id", value);
    }

    /** The stream in the log that holds what was done with this customer's data. */
    public String stream() {
        return "customer-" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
