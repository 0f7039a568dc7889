package orderplatform.api.inventory;

import orderplatform.api.Sku;

/** What can be asked about stock. */
public sealed interface StockQuery {

    /** Answers a {@link StockView}, or nothing for a SKU that never came in. */
    record BySku(Sku sku) implements StockQuery {}
}
