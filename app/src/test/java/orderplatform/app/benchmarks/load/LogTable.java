package orderplatform.app.benchmarks.load;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import orderplatform.app.benchmarks.process.Database;

/** What the benchmarks have to know of the table that a contender keeps its log in. */
public enum LogTable {
    ENGINE("event_log.event", "position", "stream", "version", "event_id", "payload::text", "event_log.token"),
    AXON(
            "domain_event_entry",
            "global_index",
            "aggregate_identifier",
            "sequence_number",
            "event_identifier",
            "convert_from(payload, 'UTF8')",
            "token_entry");

    private final String table;
    private final String position;
    private final String stream;
    private final String version;
    private final String eventId;
    private final String payload;
    private final String tokens;

    LogTable(
            String table,
            String position,
            String stream,
            String version,
            String eventId,
            String payload,
            String tokens) {
        this.table = table;
        this.position = position;
        this.stream = stream;
        this.version = version;
        this.eventId = eventId;
        this.payload = payload;
        this.tokens = tokens;
    }

    public static LogTable of(Database database) throws SQLException {
        return database.hasTable(ENGINE.table) ? ENGINE : AXON;
    }

    public String table() {
        return table;
    }

    public String position() {
        return position;
    }

    public String stream() {
        return stream;
    }

    public String version() {
        return version;
    }

    public String eventId() {
        return eventId;
    }

    /** The table in which the readers keep how far they have come. */
    String tokens() {
        return tokens;
    }

    /** A column with PostgreSQL's name of its type. */
    public record Column(String name, String type) {}

    public List<Column> columns(Database database) throws SQLException {
        return database.query("""
                SELECT a.attname, t.typname FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
                WHERE a.attrelid = '%s'::regclass AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum""".formatted(table), row -> new Column(row.getString(1), row.getString(2)));
    }

    /** The rows that one order of one SKU has left: its own, its payment's, and its SKU's. */
    public List<List<Object>> rowsOf(String orderId, String sku, Database database) throws SQLException {
        var columns = columns(database);
        return database.query(
                "SELECT %s FROM %s WHERE %s ORDER BY %s"
                        .formatted(
                                columns.stream().map(Column::name).collect(Collectors.joining(", ")),
                                table,
                                belongsTo(orderId, sku),
                                position),
                row -> {
                    List<Object> values = new ArrayList<>();
                    for (var column : columns) {
                        values.add(
                                switch (column.type()) {
                                    case "bytea" -> row.getBytes(column.name());
                                    case "int8" -> row.getLong(column.name());
                                    default -> row.getString(column.name());
                                });
                    }
                    return values;
                });
    }

    /** A condition for the events of one order. */
    String belongsTo(String orderId, String sku) {
        return "(%1$s IN ('order-%2$s', 'payment-pay-%2$s') OR (%1$s = 'stock-%3$s' AND %4$s LIKE '%%%2$s%%'))"
                .formatted(stream, orderId, sku, payload);
    }

    /** A query for the events of one order, with the same columns for every table. */
    String eventsOf(String orderId, String sku) {
        return "SELECT %s AS position, %s AS stream, %s AS version, %s AS payload FROM %s WHERE %s"
                .formatted(position, stream, version, payload, table, belongsTo(orderId, sku));
    }

    /** The last position; -1 of an empty log. */
    public long head(Database database) throws SQLException {
        return database.number("SELECT coalesce(max(%s), -1) FROM %s".formatted(position, table));
    }

    /** Moves every reader to the head of the log. */
    void passAll(Database database) throws SQLException {
        database.execute("""
                UPDATE %s SET token = convert_to(regexp_replace(
                    convert_from(token, 'UTF8'), '("(?:index|globalIndex)"\\s*:\\s*)\\d+', '\\1%d'), 'UTF8')
                WHERE token IS NOT NULL""".formatted(tokens, head(database)));
    }

    /** Lets a reader begin at the first event again. */
    public void forget(String reader, Database database) throws SQLException {
        database.execute("DELETE FROM %s WHERE processor_name = '%s'".formatted(tokens, reader));
    }

    /** How many orders were placed. */
    public long orders(Database database) throws SQLException {
        return database.number(
                "SELECT count(*) FROM %s WHERE %s LIKE 'order-%%' AND %s = 0".formatted(table, stream, version));
    }
}
