package orderplatform.api.revenue;

import java.time.LocalDate;
import java.util.List;
import orderplatform.api.Money;
import orderplatform.api.Sku;
import org.jspecify.annotations.Nullable;

/**
 * @param sums of all pages, one for each currency
 * @param nextCursor opaque; null on the last page
 */
public record RevenuePage(
        List<Row> items, List<Money> sums, @Nullable String nextCursor) {

    /**
     * What the orders that were confirmed on a day, and not cancelled since, bring in with a SKU.
     *
     * @param day UTC
     * @param quantity pieces
     * @param amount minor units
     */
    public record Row(LocalDate day, Sku sku, String currency, long quantity, long amount) {}
}
