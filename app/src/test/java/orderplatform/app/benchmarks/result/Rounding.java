package orderplatform.app.benchmarks.result;

import java.math.BigDecimal;
import java.math.MathContext;

/** Four digits: more than any figure on a shared machine is worth. */
public interface Rounding {

    MathContext DIGITS = new MathContext(4);

    static BigDecimal of(double value) {
        var rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
        return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
    }
}
