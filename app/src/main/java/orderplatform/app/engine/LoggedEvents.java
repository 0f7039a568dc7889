package orderplatform.app.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import orderplatform.api.RecordedEvent;
import orderplatform.query.log.EventLog;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The log as anyone may read it. */
@Profile("!stock")
@Component
class LoggedEvents implements EventLog {

    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};

    private final JdbcClient database;
    private final JsonMapper json;

    LoggedEvents(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    @Override
    public List<RecordedEvent> read(long after, int limit, @Nullable String type, @Nullable String stream) {
        return database.sql("""
                        SELECT position, stream, version, event_type, revision, recorded_at, payload, metadata
                        FROM event_log.event
                        WHERE position > :after
                          AND (:type::text IS NULL OR event_type = :type)
                          AND (:stream::text IS NULL OR stream = :stream)
                        ORDER BY position LIMIT :limit""")
                .param("after", after)
                .param("type", type)
                .param("stream", stream)
                .param("limit", limit)
                .query((row, number) -> event(row))
                .list();
    }

    private RecordedEvent event(ResultSet row) throws SQLException {
        return new RecordedEvent(
                row.getLong("position"),
                row.getString("stream"),
                row.getLong("version"),
                row.getString("event_type"),
                row.getString("revision"),
                row.getTimestamp("recorded_at").toInstant(),
                json.readValue(row.getString("payload"), JSON_OBJECT),
                json.readValue(row.getString("metadata"), JSON_OBJECT));
    }

    @Override
    public long head() {
        return database.sql("SELECT position FROM event_log.tail")
                .query(Long.class)
                .single();
    }
}
