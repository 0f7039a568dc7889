package orderplatform.eventstore.log;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import orderplatform.eventstore.database.BoundedPage;
import orderplatform.eventstore.database.SqlArrays;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.util.Assert;

/** The rows of the log for callers that show them, in pages of a bounded size. */
public final class LogQueries {

    private static final String OF_LOG = "SELECT " + LogTable.COLUMNS + """
             FROM event_log.event
            WHERE position > ? AND (?::text IS NULL OR event_type = ?) ORDER BY position LIMIT ?""";

    /** In the order of versions, so that PostgreSQL reads the stream by its index, and never the log up to its first event. */
    private static final String OF_STREAM = "SELECT " + LogTable.COLUMNS + """
             FROM event_log.event
            WHERE stream = ? AND position > ? AND (?::text IS NULL OR event_type = ?) ORDER BY version LIMIT ?""";

    /**
     * Materialized, so that PostgreSQL uses an index on the ids, whatever it knows of the table; with the prefix in the text, so that
     * the index may be on events of that prefix alone.
     */
    private static final String CORRELATED = "WITH correlated AS MATERIALIZED (SELECT " + LogTable.COLUMNS + """
             FROM event_log.event WHERE starts_with(event_type, '%s') AND metadata ->> 'correlationId' = ANY (?))
            SELECT * FROM correlated WHERE stream = ANY (?) ORDER BY position LIMIT ?""";

    private static final Pattern PREFIX = Pattern.compile("[a-z.]+");

    private final JdbcTemplate database;
    private final String ofLog;
    private final String ofStream;

    /** @param pageBytes of payloads that one page has, give or take the last event */
    public LogQueries(JdbcTemplate database, long pageBytes) {
        this.database = database;
        ofLog = BoundedPage.sql(OF_LOG, "payload", "position", pageBytes);
        ofStream = BoundedPage.sql(OF_STREAM, "payload", "position", pageBytes);
    }

    /**
     * Events in the order of their positions.
     *
     * @param after position before the first one
     * @param limit fewer are read if they are large, but never none if there are any
     * @param type null for all
     * @param stream null for all
     */
    public List<StoredEvent> read(long after, int limit, @Nullable String type, @Nullable String stream) {
        return stream == null
                ? database.query(ofLog, LogTable::event, after, type, type, limit)
                : database.query(ofStream, LogTable::event, stream, after, type, type, limit);
    }

    /**
     * Events of some streams that have one of the correlation ids, in the order of their positions.
     *
     * @param typePrefix how the names of their types begin: lower-case letters and dots
     */
    public List<StoredEvent> correlated(
            String typePrefix, Collection<String> correlationIds, Collection<String> streams, int limit) {
        Assert.isTrue(PREFIX.matcher(typePrefix).matches(), "no prefix of a type");
        return database.query(
                CORRELATED.formatted(typePrefix),
                LogTable::event,
                SqlArrays.texts(correlationIds),
                SqlArrays.texts(streams),
                limit);
    }
}
