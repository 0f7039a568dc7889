package orderplatform.api;

import com.fasterxml.jackson.annotation.JsonValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an event's JSON can look like, as a text: its fields with their types, all the way down. */
final class EventShape {

    private static final List<Class<?>> SCALARS =
            List.of(String.class, Instant.class, Long.class, long.class, int.class, boolean.class);

    private EventShape() {}

    static String of(Type type) {
        return switch (type) {
            case ParameterizedType generic
            when isA(generic, Collection.class) -> "[%s]".formatted(of(generic.getActualTypeArguments()[0]));
            case ParameterizedType generic
            when isA(generic, Map.class) -> "{*: %s}".formatted(of(generic.getActualTypeArguments()[1]));
            case Class<?> scalar
            when SCALARS.contains(scalar) -> scalar.getSimpleName().toLowerCase(Locale.ROOT);
            case Class<?> constants
            when constants.isEnum() ->
                Stream.of(constants.getEnumConstants()).map(Object::toString).collect(Collectors.joining("|"));
            case Class<?> record when record.isRecord() -> ofRecord(record);
            default -> throw new IllegalArgumentException("Say here what the JSON of %s looks like".formatted(type));
        };
    }

    private static boolean isA(ParameterizedType type, Class<?> wanted) {
        return wanted.isAssignableFrom((Class<?>) type.getRawType());
    }

    private static String ofRecord(Class<?> record) {
        var components = record.getRecordComponents();
        if (components.length == 1 && components[0].getAccessor().isAnnotationPresent(JsonValue.class)) {
            return of(components[0].getGenericType());
        }
        return Stream.of(components).map(EventShape::field).collect(Collectors.joining(", ", "{", "}"));
    }

    private static String field(RecordComponent component) {
        var optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class) ? "?" : "";
        return "%s%s: %s".formatted(component.getName(), optional, of(component.getGenericType()));
    }
}
