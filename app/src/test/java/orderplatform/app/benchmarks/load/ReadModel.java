package orderplatform.app.benchmarks.load;

import java.sql.SQLException;
import java.util.stream.Collectors;

/** Rows of the orders projection, copied from a real one. */
public interface ReadModel {

    String TABLE = "order_view";

    static String orderId(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    /** Older than any real order, so that they do not get between the pages of those. */
    static void fill(Shop shop, int orders) throws SQLException {
        var columns = shop.database().query("""
                        SELECT attname FROM pg_attribute
                        WHERE attrelid = '%s'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''""".formatted(TABLE), row -> row.getString(1));
        var values = columns.stream().map(ReadModel::value).collect(Collectors.joining(", "));
        shop.database()
                .execute(
                        """
                        INSERT INTO %1$s (%2$s) SELECT %3$s
                        FROM (SELECT * FROM %1$s WHERE status = 'CONFIRMED' LIMIT 1) template, generate_series(0, %4$d) n
                        ON CONFLICT DO NOTHING""".formatted(TABLE, String.join(", ", columns), values, orders - 1),
                        "VACUUM ANALYZE " + TABLE);
    }

    private static String value(String column) {
        return switch (column) {
            case "order_id" -> "'00000000-0000-4000-8000-' || lpad(n::text, 12, '0')";
            case "placed_position" -> "-10 - n";
            default -> column;
        };
    }
}
