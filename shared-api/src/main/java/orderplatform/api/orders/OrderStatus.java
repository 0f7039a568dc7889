package orderplatform.api.orders;

/** Where an order stands in its life. The declaration order is the order in which an order can pass through them. */
public enum OrderStatus {
    PLACED,
    AWAITING_STOCK,
    AWAITING_PAYMENT,
    CONFIRMED,
    REJECTED,
    CANCELLED;

    /** Whether the outcome of the placement is known; a confirmed order can still be cancelled. */
    public boolean isSettled() {
        return this == CONFIRMED || this == REJECTED || this == CANCELLED;
    }
}
