package orderplatform.app.retail;

/** Why a row is no line of an order. */
public enum Skip {
    NOT_GOODS("no goods (postage, fees, corrections)"),
    NO_QUANTITY("goods without a quantity"),
    NO_PRICE("goods without a price");

    private final String reason;

    Skip(String reason) {
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }
}
