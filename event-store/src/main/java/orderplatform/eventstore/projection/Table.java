package orderplatform.eventstore.projection;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import orderplatform.eventstore.database.BoundedPage;
import orderplatform.eventstore.database.SqlArrays;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * A projection's table: many rows are read, and written, by one statement each.
 *
 * @param <R> a row
 */
public final class Table<R> {

    /** Of rows as JSON that are read at once. */
    private static final long PAGE_BYTES = 4 << 20;

    private final DataSource dataSource;
    private final JdbcTemplate database;
    private final String name;
    private final List<String> key;
    private final RowMapper<R> mapper;
    private final List<Column<R>> columns;
    private final String select;
    private final String upsert;

    /**
     * @param key the columns of the primary key; rows are looked up by the first
     * @param columns all of them, those of the key first
     */
    public Table(DataSource dataSource, String name, List<String> key, List<Column<R>> columns, RowMapper<R> mapper) {
        this.dataSource = dataSource;
        this.database = new JdbcTemplate(dataSource);
        this.name = name;
        this.key = key;
        this.mapper = mapper;
        this.columns = columns;
        this.select = "SELECT * FROM %s WHERE %s = ANY (?)".formatted(name, key.getFirst());
        this.upsert = upsert(name, key, columns);
    }

    private static <R> String upsert(String name, List<String> key, List<Column<R>> columns) {
        return "INSERT INTO %s (%s) SELECT %s FROM unnest(%s) AS given (%s) ON CONFLICT (%s) DO UPDATE SET %s"
                .formatted(
                        name,
                        join(columns, Column::name),
                        join(columns, column -> "given.%s::%s".formatted(column.name(), column.type())),
                        join(columns, column -> "?::%s[]".formatted(column.arrayType())),
                        join(columns, Column::name),
                        String.join(", ", key),
                        join(
                                columns.subList(key.size(), columns.size()),
                                column -> "%1$s = excluded.%1$s".formatted(column.name())));
    }

    private static <R> String join(List<Column<R>> columns, Function<Column<R>, String> text) {
        return columns.stream().map(text).collect(Collectors.joining(", "));
    }

    String name() {
        return name;
    }

    /** The table of the same name and columns in a schema. */
    Table<R> in(String schema) {
        return new Table<>(dataSource, schema + "." + name, key, columns, mapper);
    }

    List<R> read(Collection<String> keys) {
        return database.query(select, mapper, SqlArrays.texts(keys));
    }

    /**
     * Rows in the order of their keys.
     *
     * @param only what the first column of the key has to be; none for any
     * @param after key of the row after which they begin; empty from the first on
     * @throws IllegalArgumentException if that can't be a key
     */
    RowPage page(@Nullable String only, List<String> after, int limit) {
        if (!after.isEmpty() && after.size() != key.size()) {
            throw new IllegalArgumentException("no key of " + name);
        }
        var keys = columns.subList(0, key.size());
        var parameters = new ArrayList<Object>();
        var where = new StringBuilder();
        if (only != null) {
            where.append(
                    " AND %s = ?::%s".formatted(key.getFirst(), keys.getFirst().type()));
            parameters.add(only);
        }
        if (!after.isEmpty()) {
            where.append(" AND (%s) > (%s)".formatted(String.join(", ", key), join(keys, it -> "?::" + it.type())));
            parameters.addAll(after);
        }
        parameters.add(limit + 1);
        var order = String.join(", ", key);
        var wanted =
                "SELECT to_jsonb(r)::text AS json, ARRAY[%s] AS key, %s FROM %s AS r WHERE true%s ORDER BY %s LIMIT ?"
                        .formatted(join(keys, it -> it.name() + "::text"), order, name, where, order);
        var sql = BoundedPage.sql(wanted, "json", order, PAGE_BYTES);
        try {
            return page(database.query(sql, Table::keyed, parameters.toArray()), limit);
        } catch (DataIntegrityViolationException malformed) {
            throw new IllegalArgumentException("no key of " + name, malformed);
        }
    }

    /** @param pageRows as many as there are, up to one more than wanted */
    private record Keyed(String row, List<String> key, long pageRows) {}

    private static Keyed keyed(ResultSet row, int number) throws SQLException {
        return new Keyed(
                row.getString(1), List.of((String[]) row.getArray(2).getArray()), row.getLong(BoundedPage.ROWS));
    }

    private static RowPage page(List<Keyed> found, int limit) {
        var page = found.subList(0, Math.min(limit, found.size()));
        return new RowPage(
                page.stream().map(Keyed::row).toList(),
                page.isEmpty() || page.getLast().pageRows() == page.size()
                        ? List.of()
                        : page.getLast().key());
    }

    /** Inserts what is new and replaces what is there. No key may come twice. */
    void write(Collection<R> rows) {
        database.update(
                upsert,
                columns.stream()
                        .map(column -> SqlArrays.of(column.arrayType(), rows, column.value()))
                        .toArray());
    }

    /** Adds rows that are not there yet, by {@code COPY}. */
    void add(Collection<R> rows) {
        var sql = "COPY %s (%s) FROM STDIN".formatted(name, join(columns, Column::name));
        database.execute((Connection connection) -> {
            var copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
            try {
                var text = new CopyText<>(columns);
                for (var row : rows) {
                    text.append(row);
                    if (text.isFull()) {
                        text.flush(copy);
                    }
                }
                text.flush(copy);
                return copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        });
    }
}
