package orderplatform.eventstore.log;

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
        return new SqlArrayValue(type, rows.stream().map(value).toArray());
    }

    public static SqlArrayValue texts(Collection<String> values) {
        return of("text", values, text -> text);
    }
}
