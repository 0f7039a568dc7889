package orderplatform.eventstore.bulk;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.Utils;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads long stretches of the log as fast as PostgreSQL gives them: {@code COPY} in binary format streams them without a
 * round trip per page, and the client needs memory for one row.
 */
public final class LogCopy {

    private static final String COPY = """
            COPY (SELECT position, stream, version, stream_type, event_type, revision, recorded_at, payload FROM event_log.event
            WHERE position > %d AND position <= %d AND (%s) ORDER BY position) TO STDOUT (FORMAT binary)""";

    /** Before the first row: a signature, flags, and the length of an extension that there is none of. */
    private static final int HEADER = 19;

    /** In place of a row's number of columns, after the last one. */
    private static final short END = -1;

    private final JdbcTemplate database;

    public LogCopy(DataSource dataSource) {
        database = new JdbcTemplate(dataSource);
    }

    /**
     * Reads the events of a range in the order of their positions.
     *
     * @param after position before the first one
     * @param upTo position of the last one
     * @param types how the names of the wanted events begin
     * @throws DataAccessException if the database can't be read
     */
    void read(long after, long upTo, Collection<String> types, Consumer<CopiedEvent> each) {
        rows(COPY.formatted(after, upTo, beginning(types)), row -> each.accept(event(row)));
    }

    /**
     * Reads what a statement copies to its output in binary format.
     *
     * @throws DataAccessException if the database can't be read
     */
    public void rows(String copy, Consumer<CopiedRow> each) {
        database.execute((Connection connection) -> {
            copy(connection, copy, each);
            return true;
        });
    }

    private static String beginning(Collection<String> types) {
        return types.stream().map(LogCopy::startsWith).collect(Collectors.joining(" OR "));
    }

    private static String startsWith(String type) {
        try {
            return "starts_with(event_type, '%s')".formatted(Utils.escapeLiteral(null, type, true));
        } catch (SQLException unfit) {
            throw new IllegalArgumentException(type, unfit);
        }
    }

    private static void copy(Connection connection, String sql, Consumer<CopiedRow> each) throws SQLException {
        var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
        try {
            boolean first = true;
            for (var bytes = copy.readFromCopy(); bytes != null; bytes = copy.readFromCopy()) {
                var buffer = ByteBuffer.wrap(bytes);
                if (first) {
                    buffer.position(HEADER);
                    first = false;
                }
                if (buffer.hasRemaining() && buffer.getShort() != END) {
                    each.accept(new CopiedRow(buffer));
                }
            }
        } finally {
            readToItsEnd(copy);
        }
    }

    /** A cancelled copy can leave an answer in the driver, which the connection's next user would take for their own. */
    private static void readToItsEnd(CopyOut copy) throws SQLException {
        while (copy.isActive()) {
            copy.readFromCopy();
        }
    }

    private static CopiedEvent event(CopiedRow row) {
        return new CopiedEvent(
                row.nextLong(),
                row.nextText(),
                row.nextLong(),
                row.nextTextOrNull(),
                row.nextText(),
                row.nextTextOrNull(),
                row.nextTime(),
                row.nextBytes());
    }
}
