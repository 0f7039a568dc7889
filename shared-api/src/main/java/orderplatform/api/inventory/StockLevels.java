package orderplatform.api.inventory;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * Pieces of one SKU. Nothing here is ever below zero.
 *
 * @param onHand physically there
 * @param reserved promised to orders that are not confirmed yet
 * @param allocated promised to confirmed orders
 */
public record StockLevels(long onHand, long reserved, long allocated) {

    public static final StockLevels NONE = new StockLevels(0, 0, 0);

    /** @throws IllegalArgumentException if a level, or what is available, would be below zero */
    public StockLevels {
        if (reserved < 0 || allocated < 0 || onHand < reserved + allocated) {
            throw new IllegalArgumentException(
                    "Impossible levels: on hand %d, reserved %d, allocated %d".formatted(onHand, reserved, allocated));
        }
    }

    @JsonIgnore
    public long available() {
        return onHand - reserved - allocated;
    }

    public StockLevels received(long quantity) {
        return new StockLevels(onHand + quantity, reserved, allocated);
    }

    public StockLevels adjustedTo(long newOnHand) {
        return new StockLevels(newOnHand, reserved, allocated);
    }

    public StockLevels reserved(long quantity) {
        return new StockLevels(onHand, reserved + quantity, allocated);
    }

    public StockLevels released(long quantity) {
        return new StockLevels(onHand, reserved - quantity, allocated);
    }

    public StockLevels allocated(long quantity) {
        return new StockLevels(onHand, reserved - quantity, allocated + quantity);
    }

    public StockLevels deallocated(long quantity) {
        return new StockLevels(onHand, reserved, allocated - quantity);
    }
}
