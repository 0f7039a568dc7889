package orderplatform.api.revenue;

import java.time.LocalDate;
import orderplatform.api.Sku;
import org.jspecify.annotations.Nullable;

/** What can be asked about revenue. */
public sealed interface RevenueQuery {

    /**
     * Answers a {@link RevenuePage}, by day, SKU and currency.
     *
     * @param from first day, UTC
     * @param to last day, at most {@value #MAX_DAYS} days in all
     * @param sku only this one
     * @param limit 1 to {@value #MAX_LIMIT} rows
     * @param after last row of the page before
     */
    record Daily(
            LocalDate from,
            LocalDate to,
            @Nullable Sku sku,
            int limit,
            @Nullable Key after) implements RevenueQuery {

        public static final int MAX_LIMIT = 200;
        public static final int MAX_DAYS = 366;
    }

    /** What names a row. */
    record Key(LocalDate day, String sku, String currency) {}
}
