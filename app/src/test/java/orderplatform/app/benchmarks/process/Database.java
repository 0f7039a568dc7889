package orderplatform.app.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A platform's PostgreSQL, looked at from outside. */
public record Database(String url, String user, String password) {

    /**
     * As the owner of the tables.
     *
     * @param folder of the data of a platform that has started a PostgreSQL for itself
     * @param port of that PostgreSQL
     */
    static Database embedded(Path folder, int port) throws IOException {
        return new Database(
                "jdbc:postgresql://127.0.0.1:%d/orderplatform?reWriteBatchedInserts=true".formatted(port),
                "postgres",
                Files.readString(folder.resolve("postgres-owner.password")));
    }

    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    public void execute(String... statements) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        }
    }

    public <T> List<T> query(String sql, RowReader<T> reader) throws SQLException {
        try (var connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var found = new ArrayList<T>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        }
    }

    public String text(String sql) throws SQLException {
        return query(sql, row -> row.getString(1)).getFirst();
    }

    public long number(String sql) throws SQLException {
        return query(sql, row -> row.getLong(1)).getFirst();
    }

    /** How many nodes have appended to the log. */
    public long nodesThatAppend() throws SQLException {
        return number("SELECT count(DISTINCT node) FROM event_log.batch");
    }

    public boolean hasTable(String name) throws SQLException {
        return number("SELECT count(*) FROM (SELECT to_regclass('%s') AS found) t WHERE found IS NOT NULL"
                        .formatted(name))
                > 0;
    }

    /** Bytes of the write-ahead log since the database was made. */
    public long wal() throws SQLException {
        return number("SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')");
    }

    /** Bytes of all tables with their indexes, except those that belong to the floors. */
    public long tables() throws SQLException {
        return number("""
                SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'floor')
                  AND n.nspname NOT LIKE 'pg_toast%'""");
    }
}
