package orderplatform.eventstore.database;

/**
 * A page of rows that holds no more bytes than it may, however large its rows are. PostgreSQL counts before it sends, so
 * that nobody has to hold the rows that do not fit.
 */
public final class BoundedPage {

    /** Column of each row: how many rows the page would have without the bound on its bytes. */
    public static final String ROWS = "page_rows";

    private static final String SQL = """
            SELECT * FROM (
                SELECT page.*, count(*) OVER () AS page_rows,
                       sum(octet_length((%2$s)::text))
                           OVER (ORDER BY %3$s ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bytes_before
                FROM (%1$s) AS page) AS bounded
            WHERE coalesce(bytes_before, 0) < %4$s ORDER BY %3$s""";

    private BoundedPage() {}

    /**
     * The page as far as it fits: its first row always does, and only its last one may reach beyond the bound.
     *
     * @param page the statement that selects it, with its own limit on rows
     * @param measured what counts of a row, in SQL
     * @param order in which the page's rows are, in SQL
     */
    public static String sql(String page, String measured, String order, long bytes) {
        return SQL.formatted(page, measured, order, Long.toString(bytes));
    }
}
