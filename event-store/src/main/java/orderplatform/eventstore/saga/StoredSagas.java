package orderplatform.eventstore.saga;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import orderplatform.eventstore.database.SqlArrays;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The rows of sagas and what is parked of them, for operators. Any node can read them, also one that runs no sagas. */
public final class StoredSagas {

    private static final String RUNNING = "SELECT saga_id, saga.type, state, deadlines " + SagaTable.NOT_PARKED;

    private static final String PARKED = """
            SELECT parked_id, processor, sequence, saga_id, parked_at, attempts, cause
            FROM event_log.parked JOIN unnest(?, ?) AS known (type, processor) USING (processor)
            LEFT JOIN event_log.saga ON saga_id = known.type || '-' || sequence
            """;

    private final JdbcTemplate database;
    private final Serializer serializer;
    private final Map<String, Class<?>> types = new LinkedHashMap<>();

    /** @param sagas whose {@link ProcessingGroup} is their processor */
    public StoredSagas(JdbcTemplate database, Serializer serializer, List<Class<? extends SagaProgress>> sagas) {
        this.database = database;
        this.serializer = serializer;
        sagas.forEach(saga -> types.put(saga.getSimpleName(), saga));
    }

    /**
     * A saga that goes on by itself.
     *
     * @param association what all its events have in common, such as an order's id
     * @param progress empty if its state can't be read
     * @param deadline the first; null if there is none
     */
    public record Running(
            String id,
            String processor,
            String association,
            Optional<SagaProgress> progress,
            @Nullable Instant deadline) {}

    /**
     * A saga that waits for an operator.
     *
     * @param row id of the saga; null if the saga could not even begin
     * @param attempts how often the event was tried
     * @param cause the last failure, in a line
     */
    public record Waiting(
            UUID parkedId,
            String processor,
            String association,
            @Nullable String row,
            Instant parkedAt,
            int attempts,
            String cause) {

        /** Of the row, or of what is parked if there is no row. */
        public String id() {
            return row == null ? parkedId.toString() : row;
        }
    }

    /** By id. */
    public List<Running> running(String afterId, int limit) {
        return running(RUNNING + "AND saga_id > ? ORDER BY saga_id LIMIT ?", afterId, limit);
    }

    public Optional<Running> running(String id) {
        return running(RUNNING + "AND saga_id = ?", id).stream().findFirst();
    }

    private List<Running> running(String sql, Object... parameters) {
        return database.query(sql, (row, number) -> running(row), withTypes(parameters));
    }

    private Running running(ResultSet row) throws SQLException {
        var id = row.getString(1);
        var name = row.getString(2);
        var type = Objects.requireNonNull(types.get(name));
        SagaDeadline.All deadlines = SagaJson.read(row.getString(4), SagaDeadline.All.class.getName(), serializer);
        return new Running(
                id,
                processor(type),
                id.substring(name.length() + 1),
                progress(type, row.getString(3)),
                SagaDeadline.first(deadlines.list()).map(SagaDeadline::due).orElse(null));
    }

    private Optional<SagaProgress> progress(Class<?> type, String state) {
        try {
            return Optional.of(SagaJson.read(state, type.getName(), serializer));
        } catch (SerializationException damaged) {
            return Optional.empty();
        }
    }

    /** By id. */
    public List<Waiting> waiting(String afterId, int limit) {
        return waiting(
                PARKED
                        + "WHERE coalesce(saga_id, parked_id::text) > ? ORDER BY coalesce(saga_id, parked_id::text) LIMIT ?",
                afterId,
                limit);
    }

    /**
     * Usually one. An event that can't be read at all is parked by the sagas of every type that it may concern.
     *
     * @param id of a saga's row, or of what is parked
     */
    public List<Waiting> waiting(String id) {
        return waiting(PARKED + "WHERE saga_id = ? OR parked_id::text = ?", id, id);
    }

    private List<Waiting> waiting(String sql, Object... parameters) {
        return database.query(
                sql,
                (row, number) -> new Waiting(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getTimestamp(5).toInstant(),
                        row.getInt(6),
                        row.getString(7)),
                withTypes(parameters));
    }

    private Object[] withTypes(Object... parameters) {
        var names = SqlArrays.of("text", types.values(), Class::getSimpleName);
        var processors = SqlArrays.of("text", types.values(), StoredSagas::processor);
        return Stream.concat(Stream.of(names, processors), Stream.of(parameters))
                .toArray();
    }

    private static String processor(Class<?> saga) {
        return saga.getAnnotation(ProcessingGroup.class).value();
    }
}
