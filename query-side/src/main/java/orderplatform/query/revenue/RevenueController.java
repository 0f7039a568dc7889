package orderplatform.query.revenue;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import orderplatform.api.Problem;
import orderplatform.api.Sku;
import orderplatform.api.revenue.RevenuePage;
import orderplatform.api.revenue.RevenueQuery;
import orderplatform.query.consistency.ConsistencyToken;
import orderplatform.query.consistency.ReadsFrom;
import orderplatform.query.web.Parameters;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
class RevenueController {

    private final QueryGateway queries;

    RevenueController(QueryGateway queries) {
        this.queries = queries;
    }

    @GetMapping("/api/revenue")
    RevenuePage daily(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String sku,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam(required = false) @Nullable String cursor,
            @ReadsFrom("revenue") ConsistencyToken token) {
        Parameters.requireLimit(limit, RevenueQuery.Daily.MAX_LIMIT);
        var first = day("from", from);
        var last = day("to", to);
        long days = ChronoUnit.DAYS.between(first, last) + 1;
        if (days < 1 || days > RevenueQuery.Daily.MAX_DAYS) {
            throw Problem.invalid("to", "must be 0 to %d days after from".formatted(RevenueQuery.Daily.MAX_DAYS - 1));
        }
        var query = new RevenueQuery.Daily(
                first,
                last,
                sku == null ? null : Parameters.inQuery("sku", sku, Sku::new),
                limit,
                cursor == null ? null : Parameters.inQuery("cursor", cursor, RevenueCursor::of));
        return queries.query(token.sentWith(query), ResponseTypes.instanceOf(RevenuePage.class))
                .join();
    }

    private static LocalDate day(String field, @Nullable String value) {
        if (value == null) {
            throw Problem.invalid(field, "is required");
        }
        return Parameters.inQuery(field, value, RevenueCursor::day);
    }
}
