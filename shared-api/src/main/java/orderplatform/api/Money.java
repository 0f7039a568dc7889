package orderplatform.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Currency;

/**
 * An amount in whole minor units (pence, cents) of one currency.
 *
 * @param amount minor units; may be negative only as the difference of two amounts
 * @param currency ISO 4217 code, upper case
 */
public record Money(long amount, String currency) {

    /** @throws IllegalArgumentException if the currency is not an ISO 4217 code */
    public Money {
        Currency.getInstance(currency);
    }

    public static Money zero(String currency) {
        return new Money(0, currency);
    }

    /**
     * @throws IllegalArgumentException if the currencies differ
     * @throws ArithmeticException if the sum leaves the range of a long
     */
    public Money plus(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("Cannot add %s to %s".formatted(other.currency, currency));
        }
        return new Money(Math.addExact(amount, other.amount), currency);
    }

    @JsonIgnore
    public boolean isZero() {
        return amount == 0;
    }
}
