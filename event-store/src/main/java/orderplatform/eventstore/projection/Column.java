package orderplatform.eventstore.projection;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A column of a projection's table.
 *
 * @param type PostgreSQL's name of the column's type
 * @param value what the row has in it; text for {@code json} and {@code jsonb}, an offset time for {@code timestamptz}
 */
public record Column<R>(String name, String type, Function<R, @Nullable Object> value) {

    /** Arrays of JSON are sent as text and cast by the statement. */
    String arrayType() {
        return type.startsWith("json") ? "text" : type;
    }
}
