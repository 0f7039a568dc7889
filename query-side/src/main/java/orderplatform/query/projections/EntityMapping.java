package orderplatform.query.projections;

import jakarta.persistence.Embedded;
import jakarta.persistence.Id;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import orderplatform.eventstore.projection.Column;
import orderplatform.eventstore.projection.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a JPA entity lies in its table, for projections, which read and write many rows by one statement. The entity's fields are the
 * one mapping: Hibernate and this class read the same annotations, and name columns alike. Fields are texts, whole numbers, times,
 * enums, what is marked as JSON, and embedded records of these.
 *
 * @param <E> has a constructor without parameters
 */
public final class EntityMapping<E> implements RowMapper<E> {

    private final Class<E> entity;
    private final Constructor<E> constructor;
    private final List<Attribute> attributes;

    /** @throws IllegalArgumentException if a field is of another kind */
    public EntityMapping(Class<E> entity, JsonMapper json) {
        this.entity = entity;
        this.attributes = attributes(entity, json);
        try {
            constructor = entity.getDeclaredConstructor();
            constructor.setAccessible(true);
        } catch (NoSuchMethodException missing) {
            throw new IllegalArgumentException(missing);
        }
    }

    private record Attribute(Field field, Value value) {

        @Nullable
        Object of(Object owner) {
            try {
                return field.get(owner);
            } catch (IllegalAccessException notOpened) {
                throw new IllegalStateException(notOpened);
            }
        }
    }

    private sealed interface Value {

        @Nullable
        Object read(ResultSet row) throws SQLException, ReflectiveOperationException;
    }

    private record Single(String column, Kind kind) implements Value {

        @Override
        public @Nullable Object read(ResultSet row) throws SQLException {
            return kind.reader().read(row, column);
        }

        @Nullable
        Object written(@Nullable Object value) {
            return value == null ? null : kind.writer().apply(value);
        }
    }

    private record Several(Constructor<?> constructor, List<Attribute> attributes) implements Value {

        @Override
        public Object read(ResultSet row) throws SQLException, ReflectiveOperationException {
            var values = new @Nullable Object[attributes.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = attributes.get(i).value().read(row);
            }
            return constructor.newInstance(values);
        }
    }

    private interface Reader {

        @Nullable
        Object read(ResultSet row, String column) throws SQLException;
    }

    /** @param type PostgreSQL's name of the column's type */
    private record Kind(String type, Reader reader, Function<Object, Object> writer) {}

    private static List<Attribute> attributes(Class<?> owner, JsonMapper json) {
        return Stream.of(owner.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .sorted(Comparator.comparing(field -> !field.isAnnotationPresent(Id.class)))
                .map(field -> {
                    field.setAccessible(true);
                    return new Attribute(field, value(field, json));
                })
                .toList();
    }

    private static Value value(Field field, JsonMapper json) {
        return field.isAnnotationPresent(Embedded.class)
                ? several(field.getType(), json)
                : new Single(column(field.getName()), kind(field, json));
    }

    private static Several several(Class<?> embedded, JsonMapper json) {
        var constructor = embedded.getDeclaredConstructors()[0];
        constructor.setAccessible(true);
        return new Several(constructor, attributes(embedded, json));
    }

    private static String column(String field) {
        return field.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static Kind kind(Field field, JsonMapper json) {
        var type = field.getType();
        if (field.isAnnotationPresent(JdbcTypeCode.class)) {
            return json(json, json.constructType(field.getGenericType()));
        }
        if (type == String.class) {
            return new Kind("text", ResultSet::getString, Function.identity());
        }
        if (type == long.class || type == Long.class) {
            return new Kind("bigint", (row, column) -> row.getObject(column, Long.class), Function.identity());
        }
        if (type == Instant.class) {
            return new Kind("timestamptz", EntityMapping::instant, at -> ((Instant) at).atOffset(ZoneOffset.UTC));
        }
        if (type.isEnum()) {
            return new Kind(
                    "text", (row, column) -> constant(type, row.getString(column)), it -> ((Enum<?>) it).name());
        }
        throw new IllegalArgumentException("no column is known for " + field);
    }

    private static Kind json(JsonMapper json, JavaType type) {
        return new Kind(
                "jsonb",
                (row, column) -> {
                    var text = row.getString(column);
                    return text == null ? null : json.readValue(text, type);
                },
                json::writeValueAsString);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the caller knows that it is one
    private static @Nullable Object constant(Class<?> type, @Nullable String name) {
        return name == null ? null : Enum.valueOf((Class<? extends Enum>) type, name);
    }

    /** The entity's table, with the column of its {@link Id} as the key. */
    public Table<E> table(DataSource dataSource) {
        var columns = columns(attributes, (E row) -> row).toList();
        var name = entity.getAnnotation(jakarta.persistence.Table.class).name();
        return new Table<>(dataSource, name, List.of(columns.getFirst().name()), columns, this);
    }

    private static <E> Stream<Column<E>> columns(List<Attribute> attributes, Function<E, Object> owner) {
        return attributes.stream().flatMap(attribute -> switch (attribute.value()) {
            case Single single ->
                Stream.of(new Column<E>(
                        single.column(), single.kind().type(), row -> single.written(attribute.of(owner.apply(row)))));
            case Several several -> columns(several.attributes(), (E row) -> embedded(attribute, owner.apply(row)));
        });
    }

    private static Object embedded(Attribute attribute, Object owner) {
        var value = attribute.of(owner);
        if (value == null) {
            throw new IllegalStateException("%s is null".formatted(attribute.field()));
        }
        return value;
    }

    @Override
    public E mapRow(ResultSet row, int number) throws SQLException {
        try {
            var found = constructor.newInstance();
            for (var attribute : attributes) {
                attribute.field().set(found, attribute.value().read(row));
            }
            return found;
        } catch (ReflectiveOperationException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
