package orderplatform.api.revenue;

import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import orderplatform.api.Sku;
import org.jspecify.annotations.Nullable;

/**
 * @param sums of all pages, one for each currency
 * @param nextCursor opaque; null on the last page
 */
public record RevenuePage(
        List<Row> items, List<Sum> sums, @Nullable String nextCursor) {

    /**
     * What the orders that were confirmed on a day, and not cancelled since, bring in with a SKU.
     *
     * @param day UTC
     * @param quantity pieces
     * @param amount minor units
     */
    public record Row(LocalDate day, Sku sku, String currency, BigInteger quantity, BigInteger amount) {}

    /**
     * What all of them bring in: many orders can add up to more than a {@code long} holds.
     *
     * @param amount minor units
     */
    public record Sum(BigInteger amount, String currency) {}
}
