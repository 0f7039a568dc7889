package orderplatform.app.benchmarks;

import java.sql.SQLException;

/** Rows of the orders projection, copied from a real one. */
interface ReadModel {

    String TABLE = "order_view";

    static String orderId(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    /** Older than any real order, so that they do not get between the pages of those. */
    static void fill(Shop shop, int orders) throws SQLException {
        shop.database().execute("""
                INSERT INTO %1$s SELECT (jsonb_populate_record(NULL::%1$s, to_jsonb(template) || jsonb_build_object(
                    'order_id', '00000000-0000-4000-8000-' || lpad(n::text, 12, '0'), 'placed_position', -10 - n))).*
                FROM (SELECT * FROM %1$s WHERE status = 'CONFIRMED' LIMIT 1) template, generate_series(0, %2$d - 1) n
                ON CONFLICT DO NOTHING""".formatted(TABLE, orders), "ANALYZE " + TABLE);
    }
}
