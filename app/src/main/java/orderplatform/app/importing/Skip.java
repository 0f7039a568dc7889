package orderplatform.app.importing;

/** Why a row is no line of an order. */
enum Skip {
    NOT_GOODS("no goods (postage, fees, corrections)"),
    NO_QUANTITY("goods without a quantity"),
    NO_PRICE("goods without a price");

    private final String reason;

    Skip(String reason) {
        this.reason = reason;
    }

    String reason() {
        return reason;
    }
}
