package orderplatform.eventstore.audit;

import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import orderplatform.eventstore.log.LogTable;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Writes whole batches of the log with their hashes, so that the file can be verified without the database. */
public final class ProofExport {

    private static final int PAGE = 1_000;
    private static final String BATCHES = """
            SELECT first_position, last_position, previous_hash, hash, recorded_at, node FROM event_log.batch
            WHERE last_position > ? AND first_position <= ? AND first_position >= coalesce(
                (SELECT max(first_position) FROM event_log.batch WHERE first_position <= ? + 1), 0)
            ORDER BY first_position LIMIT ?""";

    private final JdbcTemplate database;
    private final LogTable events;
    private final JsonMapper json;

    /** @param dataSource of a role that may read the tables of the log */
    public ProofExport(DataSource dataSource) {
        database = new JdbcTemplate(dataSource);
        events = new LogTable(database, "export");
        json = new JsonMapper();
    }

    /**
     * Writes a line of JSON for each event, one behind each batch, and one at the end. To go on with a file that broke off, give
     * the last position of its last batch.
     *
     * @param after the first batch is the one with the next position
     * @param to the last batch is the one with this position; null for the last one of the log
     * @throws DataAccessException if the log can't be read
     */
    public void write(long after, @Nullable Long to, Appendable out) throws IOException {
        long last = to == null ? events.head() : Math.min(to, events.head());
        var end = new ProofLine.End(after, "");
        for (var page = batches(after, last); !page.isEmpty(); page = batches(end.position(), last)) {
            for (var batch : page) {
                write(batch, out);
                end = new ProofLine.End(batch.last(), batch.hash());
            }
        }
        line(new ProofLine(null, null, end), out);
    }

    private void write(ProofLine.Batch batch, Appendable out) throws IOException {
        long next = batch.first();
        while (next <= batch.last()) {
            var page = events.after(next - 1, (int) Math.min(PAGE, batch.last() - next + 1));
            for (var event : page) {
                if (event.position() <= batch.last()) {
                    line(new ProofLine(ProofLine.Event.of(event), null, null), out);
                }
            }
            next = page.isEmpty() ? batch.last() + 1 : page.getLast().position() + 1;
        }
        line(new ProofLine(null, batch, null), out);
    }

    private List<ProofLine.Batch> batches(long after, long last) {
        return database.query(BATCHES, ProofExport::batch, after, last, after, PAGE);
    }

    private static ProofLine.Batch batch(ResultSet row, int number) throws SQLException {
        return new ProofLine.Batch(
                row.getLong(1),
                row.getLong(2),
                ProofLine.hex(row.getBytes(3)),
                ProofLine.hex(row.getBytes(4)),
                row.getTimestamp(5).toInstant(),
                row.getString(6));
    }

    private void line(ProofLine line, Appendable out) throws IOException {
        out.append(json.writeValueAsString(line)).append('\n');
    }
}
