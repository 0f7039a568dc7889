package orderplatform.api.inventory;

import orderplatform.api.Money;
import orderplatform.api.Sku;
import org.jspecify.annotations.Nullable;

/**
 * One SKU's stock as it is shown.
 *
 * @param version of the SKU's stream
 * @param position in the log of the last event that changed this view
 */
public record StockView(
        Sku sku,
        @Nullable String name,
        @Nullable Money listPrice,
        long onHand,
        long reserved,
        long allocated,
        long available,
        long version,
        long position) {}
