package orderplatform.api.orders;

import java.util.List;
import orderplatform.api.Sku;

/**
 * Why an order was rejected after it had been accepted.
 *
 * @param code stable and machine-readable: one of the constants here
 * @param lines the SKUs at fault, empty if the reason is not stock
 */
public record RejectionReason(String code, String detail, List<Line> lines) {

    public static final String INSUFFICIENT_STOCK = "insufficient-stock";
    public static final String UNKNOWN_SKU = "unknown-sku";
    public static final String PAYMENT_DECLINED = "payment-declined";
    public static final String PAYMENT_TIMEOUT = "payment-timeout";
    public static final String STOCK_TIMEOUT = "stock-timeout";
    public static final String RESERVATION_EXPIRED = "reservation-expired";

    /**
     * @param requested pieces the order wanted
     * @param available pieces that could be had
     */
    public record Line(Sku sku, long requested, long available) {}

    public RejectionReason {
        lines = List.copyOf(lines);
    }

    public static RejectionReason of(String code, String detail) {
        return new RejectionReason(code, detail, List.of());
    }
}
