package orderplatform.app.benchmarks.byhand;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.postgresql.PGConnection;

/** Binds one parameter after the other. */
final class Columns {

    private final PreparedStatement statement;
    private final PGConnection connection;
    private int next = 1;

    Columns(PreparedStatement statement) throws SQLException {
        this.statement = statement;
        connection = statement.getConnection().unwrap(PGConnection.class);
    }

    Columns number(long value) throws SQLException {
        statement.setLong(next++, value);
        return this;
    }

    Columns bytes(byte[] value) throws SQLException {
        statement.setBytes(next++, value);
        return this;
    }

    Columns time(OffsetDateTime value) throws SQLException {
        statement.setObject(next++, value);
        return this;
    }

    Columns texts(Collection<String> values) throws SQLException {
        return array("text", values.toArray(String[]::new));
    }

    Columns numbers(Collection<Long> values) throws SQLException {
        return array("int8", values.stream().mapToLong(Long::longValue).toArray());
    }

    Columns ids(List<UUID> values) throws SQLException {
        return array("uuid", values.toArray(UUID[]::new));
    }

    Columns bytes(List<byte[]> values) throws SQLException {
        return array("bytea", values.toArray(byte[][]::new));
    }

    Columns moved(List<Batch.Moved> orders) throws SQLException {
        return texts(Batch.of(orders, row -> row.order().id().toString()))
                .numbers(Batch.of(orders, row -> row.last().position()));
    }

    private Columns array(String type, Object values) throws SQLException {
        statement.setArray(next++, connection.createArrayOf(type, values));
        return this;
    }
}
