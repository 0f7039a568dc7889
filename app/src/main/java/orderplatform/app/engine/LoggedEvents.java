package orderplatform.app.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import orderplatform.api.RecordedEvent;
import orderplatform.app.stores.RecordedEvents;
import orderplatform.eventstore.log.BoundedPage;
import orderplatform.query.log.EventLog;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The log as anyone may read it. */
@Profile("!baseline")
@Component
class LoggedEvents implements EventLog {

    private static final String OF_LOG = BoundedPage.sql("""
            SELECT * FROM event_log.event
            WHERE position > :after AND (:type::text IS NULL OR event_type = :type)
            ORDER BY position LIMIT :limit""", "payload", "position", PAGE_BYTES);

    /** In the order of versions, so that PostgreSQL reads the stream by its index, and never the log up to its first event. */
    private static final String OF_STREAM = BoundedPage.sql("""
            SELECT * FROM event_log.event
            WHERE stream = :stream AND position > :after AND (:type::text IS NULL OR event_type = :type)
            ORDER BY version LIMIT :limit""", "payload", "position", PAGE_BYTES);

    private final JdbcClient database;
    private final RecordedEvents recorded;

    LoggedEvents(JdbcClient database, RecordedEvents recorded) {
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

    /** Materialized, so that it is the index on the ids that is used, whatever is known of the table. */
    @Override
    public List<RecordedEvent> ofStock(Set<String> correlationIds, Set<String> streams, int limit) {
        return database.sql("""
                        WITH stock AS MATERIALIZED (
                            SELECT * FROM event_log.event
                            WHERE starts_with(event_type, 'stock.') AND metadata ->> 'correlationId' = ANY (:ids))
                        SELECT * FROM stock WHERE stream = ANY (:streams) ORDER BY position LIMIT :limit""")
                .param("ids", correlationIds.toArray(String[]::new))
                .param("streams", streams.toArray(String[]::new))
                .param("limit", limit)
                .query((row, number) -> event(row))
                .list();
    }

    private RecordedEvent event(ResultSet row) throws SQLException {
        return recorded.of(new RecordedEvents.Row(
                row.getLong("position"),
                row.getString("event_id"),
                row.getString("stream"),
                row.getLong("version"),
                row.getString("event_type"),
                row.getString("revision"),
                row.getTimestamp("recorded_at").toInstant(),
                row.getString("payload"),
                row.getString("metadata")));
    }

    @Override
    public long head() {
        return database.sql("SELECT position FROM event_log.tail")
                .query(Long.class)
                .single();
    }
}
