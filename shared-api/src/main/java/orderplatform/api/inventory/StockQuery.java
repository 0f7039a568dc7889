package orderplatform.api.inventory;

import orderplatform.api.Moment;
import orderplatform.api.Sku;

/** What can be asked about stock. */
public sealed interface StockQuery {

    /** Answers a {@link StockView}, or nothing for a SKU that never came in. */
    record BySku(Sku sku) implements StockQuery {}

    /** Answers the {@link StockView} of then, or nothing if the SKU had not come in yet, or never had the version. */
    record AsOf(Sku sku, Moment moment) implements StockQuery {}
}
