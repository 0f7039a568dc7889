package orderplatform.app.faults.checker.trace;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A row of the log, its JSON as it was written. */
public record LogEvent(
        long position,
        String stream,
        long version,
        String id,
        String type,
        String revision,
        String streamType,
        Instant at,
        String payload,
        String metadata,
        JsonNode data) {

    static LogEvent of(ResultSet row) throws SQLException {
        var payload = row.getString("payload");
        return new LogEvent(
                row.getLong("position"),
                row.getString("stream"),
                row.getLong("version"),
                row.getString("event_id"),
                row.getString("event_type"),
                row.getString("revision"),
                row.getString("stream_type"),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant(),
                payload,
                row.getString("metadata"),
                JsonMapper.shared().readTree(payload));
    }

    public String text(String field) {
        return data.path(field).asString("");
    }

    public long number(String field) {
        return data.path(field).asLong();
    }
}
