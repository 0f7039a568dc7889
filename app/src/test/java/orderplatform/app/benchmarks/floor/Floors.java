package orderplatform.app.benchmarks.floor;

import java.sql.SQLException;
import java.time.Duration;
import orderplatform.app.benchmarks.load.Shop;
import orderplatform.app.benchmarks.process.Database;
import orderplatform.app.benchmarks.process.Settings;
import org.HdrHistogram.Histogram;

/** What PostgreSQL can do at best with the rows that one order leaves in the log, with durability on. */
public final class Floors {

    private static final int ORDERS_PER_COMMIT = 64;
    private static final int WARM_UP = 500;

    private final Database database;
    private final OrderRows rows;
    private final Duration each;

    private Floors(Database database, OrderRows rows, Duration each) {
        this.database = database;
        this.rows = rows;
        this.each = each;
    }

    /** In the contender's own PostgreSQL, which is idle meanwhile. */
    public static Floors beside(Shop shop, Settings settings) throws Exception {
        return new Floors(shop.database(), OrderRows.like(shop), settings.floor());
    }

    public int rowsPerOrder() {
        return rows.size();
    }

    /** F1: orders per second with one commit per order. */
    public double commitPerOrder() throws Exception {
        return Hammer.best(database, each, connection -> {
            var insert = rows.insert(connection);
            return () -> rows.insertOrder(insert);
        });
    }

    /** F1b: orders per second with 64 orders per commit. */
    public double commitPerBatch() throws Exception {
        return ORDERS_PER_COMMIT * Hammer.best(database, each, this::batch);
    }

    private Hammer.Blow batch(java.sql.Connection connection) throws SQLException {
        var insert = rows.insertArrays(connection);
        return () -> rows.insertOrders(insert, ORDERS_PER_COMMIT);
    }

    /** Bytes per order with 64 orders per commit. */
    public record Bytes(double wal, double table) {}

    public Bytes bytesPerBatch() throws Exception {
        database.execute("TRUNCATE floor.log");
        long wal = database.wal();
        Hammer.perSecond(database, 1, each, this::batch);
        double orders = (double) database.number("SELECT count(*) FROM floor.log") / rows.size();
        return new Bytes(
                (database.wal() - wal) / orders,
                database.number("SELECT pg_total_relation_size('floor.log')") / orders);
    }

    /** F3: sales per second of one SKU, an update of its row and one event each. */
    public double sellOne() throws Exception {
        database.execute(
                "CREATE TABLE IF NOT EXISTS floor.stock (sku text PRIMARY KEY, qty bigint NOT NULL)",
                "INSERT INTO floor.stock VALUES ('B-0000', %d) ON CONFLICT DO NOTHING".formatted(Shop.PLENTY));
        return Hammer.best(database, each, connection -> {
            var take = connection.prepareStatement("UPDATE floor.stock SET qty = qty - 1 WHERE sku = ? AND qty > 0");
            var insert = rows.insert(connection);
            return () -> {
                take.setString(1, "B-0000");
                take.executeUpdate();
                rows.insertEvent(insert);
            };
        });
    }

    /** F5: how long one connection's commit of one event takes, in nanoseconds. */
    public Histogram commit() throws SQLException {
        var histogram = new Histogram(3);
        try (var connection = database.connect();
                var insert = rows.insert(connection)) {
            connection.setAutoCommit(false);
            for (int i = 0; i < WARM_UP; i++) {
                rows.insertEvent(insert);
                connection.commit();
            }
            var until = System.nanoTime() + each.toNanos();
            for (var start = System.nanoTime(); start < until; start = System.nanoTime()) {
                rows.insertEvent(insert);
                connection.commit();
                histogram.recordValue(System.nanoTime() - start);
            }
        }
        return histogram;
    }
}
