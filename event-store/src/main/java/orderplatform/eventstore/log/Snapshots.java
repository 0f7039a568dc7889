package orderplatform.eventstore.log;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import orderplatform.eventstore.Sha256;
import org.axonframework.eventhandling.DomainEventData;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The newest snapshot of each stream. With it goes the shape of the aggregate class, the names and types of its fields
 * and of those of the classes that they hold, Java's own aside: one of another shape is as good as none.
 */
class Snapshots {

    private static final Logger LOG = LoggerFactory.getLogger(Snapshots.class);

    private static final String STORE = """
            INSERT INTO event_log.snapshot AS known
                (stream, version, stream_type, event_id, recorded_at, class, shape, payload)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?::json)
            ON CONFLICT (stream) DO UPDATE SET
                version = excluded.version, stream_type = excluded.stream_type, event_id = excluded.event_id,
                recorded_at = excluded.recorded_at, class = excluded.class, shape = excluded.shape,
                payload = excluded.payload
            WHERE known.version < excluded.version OR known.shape <> excluded.shape""";

    private static final String READ = """
            SELECT stream, version, stream_type, event_id, recorded_at, class, shape, payload
            FROM event_log.snapshot WHERE stream = ?""";

    private final JdbcTemplate database;
    private final Map<String, String> shapes = new ConcurrentHashMap<>();

    Snapshots(JdbcTemplate database) {
        this.database = database;
    }

    private record Row(StoredEvent snapshot, String shape) {}

    void store(DomainEventMessage<?> snapshot, Serializer serializer) {
        var payload = snapshot.serializePayload(serializer, String.class);
        var type = snapshot.getPayloadType().getName();
        database.update(
                STORE,
                snapshot.getAggregateIdentifier(),
                snapshot.getSequenceNumber(),
                snapshot.getType(),
                UUID.fromString(snapshot.getIdentifier()),
                snapshot.getTimestamp().atOffset(ZoneOffset.UTC),
                type,
                shape(type),
                payload.getData());
    }

    Optional<DomainEventData<?>> read(String stream) {
        return database.query(READ, Snapshots::row, stream).stream()
                .filter(row -> row.shape().equals(shape(row.snapshot().type())))
                .<DomainEventData<?>>map(Row::snapshot)
                .findFirst();
    }

    private static Row row(ResultSet row, int number) throws SQLException {
        var snapshot = new StoredEvent(
                StoredEvent.NOT_YET,
                row.getString(1),
                row.getLong(2),
                row.getObject(4, UUID.class),
                row.getString(6),
                null,
                row.getString(3),
                row.getTimestamp(5).toInstant(),
                row.getString(8),
                "{}");
        return new Row(snapshot, row.getString(7));
    }

    /** One that cannot be read any more is as if it had another shape. */
    private String shape(String className) {
        return shapes.computeIfAbsent(className, name -> {
            try {
                return shapeOf(Class.forName(name, false, Thread.currentThread().getContextClassLoader()));
            } catch (ClassNotFoundException gone) {
                LOG.info("No snapshot of {}: there is no such class any more", name);
                return "";
            }
        });
    }

    static String shapeOf(Class<?> type) {
        var seen = new ArrayList<Class<?>>();
        var text = new StringBuilder();
        describe(type, seen, text);
        return HexFormat.of().formatHex(sha256(text.toString()));
    }

    private static void describe(Class<?> type, List<Class<?>> seen, StringBuilder text) {
        if (seen.contains(type) || type.isPrimitive() || type.getName().startsWith("java.")) {
            return;
        }
        seen.add(type);
        for (@Nullable Class<?> level = type; level != null && level != Object.class; level = level.getSuperclass()) {
            Arrays.stream(level.getDeclaredFields())
                    .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                    .sorted(Comparator.comparing(Field::getName))
                    .forEach(field -> {
                        text.append(field.getName())
                                .append(' ')
                                .append(field.getGenericType())
                                .append('\n');
                        classesOf(field.getGenericType()).forEach(held -> describe(held, seen, text));
                    });
        }
    }

    /** The class and those of its parameters, such as of what a list has. */
    private static Stream<Class<?>> classesOf(Type type) {
        return switch (type) {
            case Class<?> array when array.isArray() -> classesOf(array.getComponentType());
            case Class<?> plain -> Stream.of(plain);
            case ParameterizedType generic ->
                Stream.concat(
                        classesOf(generic.getRawType()),
                        Arrays.stream(generic.getActualTypeArguments()).flatMap(Snapshots::classesOf));
            default -> Stream.empty();
        };
    }

    private static byte[] sha256(String text) {
        return Sha256.of(text);
    }
}
