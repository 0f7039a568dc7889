package orderplatform.app.stock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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

/** The log in Axon's table. Positions are in the order of commits, so nothing appears before what was read. */
@Profile("stock")
@Component
class JpaEventLog implements EventLog {

    private static final TypeReference<Map<String, Object>> JSON_OBJECT = new TypeReference<>() {};

    private final JdbcClient database;
    private final JsonMapper json;

    JpaEventLog(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    @Override
    public List<RecordedEvent> read(long after, int limit, @Nullable String type, @Nullable String stream) {
        return database.sql("""
                        SELECT global_index, aggregate_identifier, sequence_number, payload_type, payload_revision,
                               time_stamp, payload, meta_data
                        FROM domain_event_entry
                        WHERE global_index > :after
                          AND (:type::text IS NULL OR payload_type = :type)
                          AND (:stream::text IS NULL OR aggregate_identifier = :stream)
                        ORDER BY global_index LIMIT :limit""")
                .param("after", after)
                .param("type", type)
                .param("stream", stream)
                .param("limit", limit)
                .query((row, number) -> event(row))
                .list();
    }

    private RecordedEvent event(ResultSet row) throws SQLException {
        return new RecordedEvent(
                row.getLong("global_index"),
                row.getString("aggregate_identifier"),
                row.getLong("sequence_number"),
                row.getString("payload_type"),
                row.getString("payload_revision"),
                Instant.parse(row.getString("time_stamp")),
                json.readValue(row.getBytes("payload"), JSON_OBJECT),
                json.readValue(row.getBytes("meta_data"), JSON_OBJECT));
    }

    @Override
    public long head() {
        return database.sql("SELECT coalesce(max(global_index), -1) FROM domain_event_entry")
                .query(Long.class)
                .single();
    }
}
