package orderplatform.query.web;

import java.util.Optional;
import java.util.function.Function;

/** Reads identifiers out of requests. */
public final class Parameters {

    private Parameters() {}

    /** Empty where the id in a path is malformed: nothing can exist under it. */
    public static <T> Optional<T> inPath(String value, Function<String, T> type) {
        try {
            return Optional.of(type.apply(value));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /** @throws org.springframework.web.ErrorResponseException 400 that names the field, where the value is malformed */
    public static <T> T inQuery(String field, String value, Function<String, T> type) {
        return inPath(value, type).orElseThrow(() -> Problems.invalid(field, "is malformed"));
    }

    /** @throws org.springframework.web.ErrorResponseException 400 where a page can't have so many items */
    public static void requireLimit(int limit, int most) {
        if (limit < 1 || limit > most) {
            throw Problems.invalid("limit", "must be 1 to " + most);
        }
    }
}
