package orderplatform.api.orders;

import com.fasterxml.jackson.annotation.JsonIgnore;
import orderplatform.api.Sku;

/**
 * A line as the customer ordered it; one SKU may stand on several lines at different prices.
 *
 * @param quantity pieces, 1 to {@value #MAX_QUANTITY}
 * @param unitPrice minor units of the order's currency, 0 to {@value #MAX_UNIT_PRICE}
 */
public record OrderLine(Sku sku, int quantity, long unitPrice) {

    public static final int MAX_QUANTITY = 1_000_000;

    /** With 2,000 lines of 1,000,000 pieces a total still fits a long. */
    public static final long MAX_UNIT_PRICE = 1_000_000_000;

    /** @throws IllegalArgumentException if a number is out of its range */
    public OrderLine {
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException("quantity must be 1 to " + MAX_QUANTITY);
        }
        if (unitPrice < 0 || unitPrice > MAX_UNIT_PRICE) {
            throw new IllegalArgumentException("unitPrice must be 0 to " + MAX_UNIT_PRICE);
        }
    }

    @JsonIgnore
    public long total() {
        return quantity * unitPrice;
    }
}
