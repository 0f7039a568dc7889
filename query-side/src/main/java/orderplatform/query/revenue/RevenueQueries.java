package orderplatform.query.revenue;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import orderplatform.api.Sku;
import orderplatform.api.revenue.RevenuePage;
import orderplatform.api.revenue.RevenueQuery;
import orderplatform.api.revenue.RevenueQuery.Key;
import org.axonframework.queryhandling.QueryHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

@Component
class RevenueQueries {

    /** An order without the SKU is left out before its lines are looked at. */
    private static final String LINES = """
            FROM revenue_order, jsonb_to_recordset(lines) AS line (sku text, quantity bigint, amount bigint)
            WHERE day BETWEEN :from AND :to
              AND (:sku::text IS NULL OR lines @> :withSku::jsonb AND sku = :sku)
            """;

    private static final String PAGE =
            "SELECT day, sku, currency, sum(quantity) AS quantity, sum(amount) AS amount " + LINES + """
              AND day >= :afterDay AND (day, sku COLLATE "C", currency) > (:afterDay, :afterSku, :afterCurrency)
            GROUP BY day, sku, currency ORDER BY day, sku COLLATE "C", currency LIMIT :limit""";

    private static final String SUMS =
            "SELECT currency, sum(amount) AS amount " + LINES + "GROUP BY currency ORDER BY currency";

    private final JdbcClient database;
    private final JsonMapper json;

    RevenueQueries(JdbcClient database, JsonMapper json) {
        this.database = database;
        this.json = json;
    }

    /** Reads one row more than wanted, to know whether there is another page. */
    @QueryHandler
    RevenuePage on(RevenueQuery.Daily query) {
        var after = query.after() == null ? new Key(query.from(), "", "") : query.after();
        var found = with(query, PAGE)
                .param("afterDay", after.day())
                .param("afterSku", after.sku())
                .param("afterCurrency", after.currency())
                .param("limit", query.limit() + 1)
                .query((row, number) -> row(row))
                .list();
        var page = found.subList(0, Math.min(query.limit(), found.size()));
        return new RevenuePage(
                List.copyOf(page), sums(query), found.size() > page.size() ? cursor(page.getLast()) : null);
    }

    private List<RevenuePage.Sum> sums(RevenueQuery.Daily query) {
        return with(query, SUMS)
                .query((row, number) -> new RevenuePage.Sum(whole(row, "amount"), row.getString("currency")))
                .list();
    }

    private JdbcClient.StatementSpec with(RevenueQuery.Daily query, String sql) {
        var sku = query.sku() == null ? null : query.sku().value();
        return database.sql(sql)
                .param("from", query.from())
                .param("to", query.to())
                .param("sku", sku)
                .param("withSku", sku == null ? null : json.writeValueAsString(List.of(Map.of("sku", sku))));
    }

    private static RevenuePage.Row row(ResultSet row) throws SQLException {
        return new RevenuePage.Row(
                row.getObject("day", LocalDate.class),
                new Sku(row.getString("sku")),
                row.getString("currency"),
                whole(row, "quantity"),
                whole(row, "amount"));
    }

    private static BigInteger whole(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).toBigIntegerExact();
    }

    private static String cursor(RevenuePage.Row last) {
        return RevenueCursor.encoded(new Key(last.day(), last.sku().value(), last.currency()));
    }
}
