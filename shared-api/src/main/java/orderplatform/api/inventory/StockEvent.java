package orderplatform.api.inventory;

import java.time.Instant;
import orderplatform.api.Money;
import orderplatform.api.Sku;
import orderplatform.api.orders.OrderId;
import org.jspecify.annotations.Nullable;

/** What can have happened to one SKU's stock. {@code levels} are those after the event. */
public sealed interface StockEvent {

    Sku sku();

    /** An event that one order caused. */
    sealed interface ForOrder extends StockEvent {

        OrderId orderId();
    }

    record Received(
            Sku sku,
            String receiptId,
            long quantity,
            @Nullable String name,
            @Nullable Money listPrice,
            StockLevels levels)
            implements StockEvent {}

    record Adjusted(Sku sku, String adjustmentId, long from, long to, String reason, StockLevels levels)
            implements StockEvent {}

    record Reserved(Sku sku, OrderId orderId, long quantity, Instant expiresAt, StockLevels levels)
            implements ForOrder {}

    /**
     * The SKU can't serve the order.
     *
     * @param code {@code insufficient-stock} or {@code unknown-sku}
     * @param requested pieces the order wanted
     * @param available pieces that could be had
     */
    record ReservationRejected(Sku sku, OrderId orderId, String code, long requested, long available)
            implements ForOrder {}

    record Allocated(Sku sku, OrderId orderId, long quantity, StockLevels levels) implements ForOrder {}

    /** @param quantity 0 if nothing was reserved, and now nothing will be */
    record Released(Sku sku, OrderId orderId, long quantity, StockLevels levels) implements ForOrder {}

    record Deallocated(Sku sku, OrderId orderId, long quantity, StockLevels levels) implements ForOrder {}
}
