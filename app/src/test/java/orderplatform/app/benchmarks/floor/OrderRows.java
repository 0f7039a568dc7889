package orderplatform.app.benchmarks.floor;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import orderplatform.app.benchmarks.load.LogTable;
import orderplatform.app.benchmarks.load.Shop;

/** The rows that one confirmed order leaves in a contender's log, inserted again and again into a table like the log. */
final class OrderRows {

    private final LogTable table;
    private final List<LogTable.Column> columns;
    private final List<List<Object>> rows;
    private final String orderId;
    private final AtomicLong position = new AtomicLong();

    private OrderRows(LogTable table, List<LogTable.Column> columns, List<List<Object>> rows, String orderId) {
        this.table = table;
        this.columns = columns;
        this.rows = rows;
        this.orderId = orderId;
    }

    /** Takes the rows from the log, and makes an empty table {@code floor.log} beside it, with the same indexes. */
    static OrderRows like(Shop shop) throws Exception {
        var orderId = shop.placeOne(Shop.sku(0));
        shop.awaitQuiet();
        var database = shop.database();
        var table = LogTable.of(database);
        database.execute(
                "DROP SCHEMA IF EXISTS floor CASCADE",
                "CREATE SCHEMA floor",
                "CREATE TABLE floor.log (LIKE %s INCLUDING ALL)".formatted(table.table()));
        var rows = table.rowsOf(orderId, Shop.sku(0), database);
        return new OrderRows(table, table.columns(database), rows, orderId);
    }

    int size() {
        return rows.size();
    }

    /** The rows under ids of their own; a SKU's stream goes on, the others begin. */
    private List<List<Object>> copy() {
        var copyId = UUID.randomUUID().toString();
        return rows.stream().map(row -> copy(row, copyId)).toList();
    }

    private List<Object> copy(List<Object> row, String copyId) {
        var copy = new ArrayList<>(row);
        long next = position.incrementAndGet();
        for (int i = 0; i < columns.size(); i++) {
            var name = columns.get(i).name();
            if (name.equals(table.position())) {
                copy.set(i, next);
            } else if (name.equals(table.eventId())) {
                copy.set(i, UUID.randomUUID().toString());
            } else if (name.equals(table.stream())) {
                copy.set(i, row.get(i).toString().replace(orderId, copyId));
            } else if (name.equals(table.version())) {
                copy.set(i, isOfSku(row) ? next : row.get(i));
            }
        }
        return copy;
    }

    private boolean isOfSku(List<Object> row) {
        return row.stream().noneMatch(value -> value instanceof String text && text.endsWith("-" + orderId));
    }

    /** One row after the other. */
    PreparedStatement insert(Connection connection) throws SQLException {
        return connection.prepareStatement("INSERT INTO floor.log (%s) VALUES (%s)"
                .formatted(
                        names(), columns.stream().map(it -> "?::" + it.type()).collect(Collectors.joining(", "))));
    }

    void insertOrder(PreparedStatement insert) throws SQLException {
        for (var row : copy()) {
            bind(insert, row);
            insert.addBatch();
        }
        insert.executeBatch();
    }

    void insertEvent(PreparedStatement insert) throws SQLException {
        bind(insert, copy(rows.getFirst(), UUID.randomUUID().toString()));
        insert.executeUpdate();
    }

    private static void bind(PreparedStatement insert, List<Object> row) throws SQLException {
        for (int i = 0; i < row.size(); i++) {
            insert.setObject(i + 1, row.get(i));
        }
    }

    /** Any number of rows at once. */
    PreparedStatement insertArrays(Connection connection) throws SQLException {
        return connection.prepareStatement("INSERT INTO floor.log (%s) SELECT * FROM unnest(%s)"
                .formatted(
                        names(),
                        columns.stream().map(it -> "?::" + it.type() + "[]").collect(Collectors.joining(", "))));
    }

    void insertOrders(PreparedStatement insert, int orders) throws SQLException {
        List<List<Object>> all = new ArrayList<>();
        Collections.nCopies(orders, rows).forEach(any -> all.addAll(copy()));
        for (int i = 0; i < columns.size(); i++) {
            insert.setArray(i + 1, column(insert.getConnection(), all, i));
        }
        insert.executeUpdate();
    }

    private Array column(Connection connection, List<List<Object>> all, int number) throws SQLException {
        var type = columns.get(number).type();
        var values = all.stream().map(row -> row.get(number));
        var array = switch (type) {
            case "bytea" -> values.toArray(byte[][]::new);
            case "int8" -> values.toArray(Long[]::new);
            default -> values.toArray(String[]::new);
        };
        return connection.createArrayOf(type, array);
    }

    private String names() {
        return columns.stream().map(LogTable.Column::name).collect(Collectors.joining(", "));
    }
}
