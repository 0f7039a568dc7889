package orderplatform.app.retail;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One row of the file.
 *
 * @param customer the customer's number, or {@link Invoice#GUEST}
 * @param price in pounds
 */
record Row(
        String invoice, String sku, String name, int quantity, LocalDateTime time, BigDecimal price, String customer) {

    private static final Pattern GOODS = Pattern.compile("\\d{5}.*");

    boolean cancels() {
        return invoice.startsWith("C");
    }

    Optional<Skip> skip() {
        if (!GOODS.matcher(sku).matches()) {
            return Optional.of(Skip.NOT_GOODS);
        }
        if (cancels() ? quantity >= 0 : quantity <= 0) {
            return Optional.of(Skip.NO_QUANTITY);
        }
        return price.signum() > 0 ? Optional.empty() : Optional.of(Skip.NO_PRICE);
    }

    /** A few prices have three decimals; half a penny is rounded up. */
    long pennies() {
        return price.movePointRight(2).setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
