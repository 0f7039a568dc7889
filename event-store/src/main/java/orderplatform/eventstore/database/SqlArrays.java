package orderplatform.eventstore.database;

import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.support.SqlArrayValue;

/** Array parameters of statements that read or write many rows at once. */
public final class SqlArrays {

    private SqlArrays() {}

    /** @param type PostgreSQL's name of the elements' type, not {@code bytea}: its driver takes no bytes for objects */
    public static <T> SqlArrayValue of(
            String type, Collection<T> rows, Function<? super T, ? extends @Nullable Object> value) {
        return new SqlArrayValue(type, rows.stream().map(value).toArray(size -> array(type, size)));
    }

    /** An array of objects is sent as escaped text; the driver sends one of these in binary. */
    private static @Nullable Object[] array(String type, int size) {
        return switch (type) {
            case "text" -> new String[size];
            case "int8", "bigint" -> new Long[size];
            default -> new Object[size];
        };
    }

    public static SqlArrayValue texts(Collection<String> values) {
        return of("text", values, text -> text);
    }
}
