package orderplatform.app.baseline;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import orderplatform.api.RecordedEvent;
import orderplatform.app.stores.RecordedEvents;
import orderplatform.eventstore.database.BoundedPage;
import orderplatform.eventstore.log.StoredEvent;
import orderplatform.query.log.EventLog;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The log in Axon's table. Positions are in the order of commits, so nothing appears before what was read. */
@Profile("baseline")
@Component
class JpaEventLog implements EventLog {

    private static final String OF_LOG = BoundedPage.sql("""
            SELECT * FROM domain_event_entry
            WHERE global_index > :after AND (:type::text IS NULL OR payload_type = :type)
            ORDER BY global_index LIMIT :limit""", "payload", "global_index", PAGE_BYTES);

    /** In the order of versions, so that PostgreSQL reads the stream by its index. */
    private static final String OF_STREAM = BoundedPage.sql("""
            SELECT * FROM domain_event_entry
            WHERE aggregate_identifier = :stream AND global_index > :after
              AND (:type::text IS NULL OR payload_type = :type)
            ORDER BY sequence_number LIMIT :limit""", "payload", "global_index", PAGE_BYTES);

    private final JdbcClient database;
    private final RecordedEvents recorded;

    JpaEventLog(JdbcClient database, RecordedEvents recorded) {
        this.database = database;
        this.recorded = recorded;
    }

    @Override
    public List<RecordedEvent> read(long after, int limit, @Nullable String type, @Nullable String stream) {
        return database.sql(stream == null ? OF_LOG : OF_STREAM)
                .param("after", after)
                .param("type", type)
                .param("stream", stream)
                .param("limit", limit)
                .query((row, number) -> event(row))
                .list();
    }

    /** Axon's table has no index on what is in the metadata: all events of the streams are looked at. */
    @Override
    public List<RecordedEvent> ofStock(Set<String> correlationIds, Set<String> streams, int limit) {
        return database.sql("""
                        SELECT * FROM domain_event_entry WHERE aggregate_identifier = ANY (:streams)
                          AND convert_from(meta_data, 'UTF8')::json ->> 'correlationId' = ANY (:ids)
                        ORDER BY global_index LIMIT :limit""")
                .param("ids", correlationIds.toArray(String[]::new))
                .param("streams", streams.toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> event(row))
                .list();
    }

    private RecordedEvent event(ResultSet row) throws SQLException {
        return recorded.of(new StoredEvent(
                row.getLong("global_index"),
                row.getString("aggregate_identifier"),
                row.getLong("sequence_number"),
                UUID.fromString(row.getString("event_identifier")),
                row.getString("payload_type"),
                row.getString("payload_revision"),
                row.getString("type"),
                Instant.parse(row.getString("time_stamp")),
                new String(row.getBytes("payload"), StandardCharsets.UTF_8),
                new String(row.getBytes("meta_data"), StandardCharsets.UTF_8)));
    }

    @Override
    public long head() {
        return database.sql("SELECT coalesce(max(global_index), -1) FROM domain_event_entry")
                .query(Long.class)
                .single();
    }
}
