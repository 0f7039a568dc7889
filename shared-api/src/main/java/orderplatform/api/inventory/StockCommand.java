package orderplatform.api.inventory;

import java.time.Instant;
import orderplatform.api.Money;
import orderplatform.api.Sku;
import orderplatform.api.VersionCondition;
import orderplatform.api.orders.OrderId;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.jspecify.annotations.Nullable;

/** What can be asked of one SKU's stock. A command that comes twice takes effect once. */
public sealed interface StockCommand {

    Sku sku();

    @TargetAggregateIdentifier
    default String stream() {
        return sku().stream();
    }

    /**
     * Goods arrived.
     *
     * @param receiptId makes a repeat recognisable
     * @param quantity pieces, 1 to {@value #MAX_QUANTITY}
     * @param name what the product is called from now on, 1 to {@value #MAX_NAME_CHARACTERS} characters; null leaves it
     * @param listPrice what an order line without a price costs from now on; null leaves it
     * @param ifVersion the versions that this may have been decided on; null if any will do, or none
     */
    record Receive(
            Sku sku,
            String receiptId,
            long quantity,
            @Nullable String name,
            @Nullable Money listPrice,
            @Nullable VersionCondition ifVersion)
            implements StockCommand {

        public static final long MAX_QUANTITY = 1_000_000_000;
        public static final int MAX_NAME_CHARACTERS = 200;
    }

    /**
     * Somebody counted.
     *
     * @param adjustmentId makes a repeat recognisable
     * @param from on hand as the counter knew it; refused if that is no longer so
     * @param to on hand as counted
     */
    record Adjust(
            Sku sku,
            String adjustmentId,
            long from,
            long to,
            String reason,
            @Nullable VersionCondition ifVersion) implements StockCommand {}

    /**
     * Hold pieces for an order until the order is confirmed, rejected or cancelled.
     *
     * @param expiresAt when the caller will release the reservation
     */
    record Reserve(Sku sku, OrderId orderId, long quantity, Instant expiresAt) implements StockCommand {}

    /** The order is confirmed: its reservation becomes an allocation. */
    record Allocate(Sku sku, OrderId orderId) implements StockCommand {}

    /** The order was rejected or cancelled before it was confirmed. */
    record Release(Sku sku, OrderId orderId) implements StockCommand {}

    /** A confirmed order was cancelled. */
    record Deallocate(Sku sku, OrderId orderId, long quantity) implements StockCommand {}

    /** What one piece costs: appends nothing and answers a nullable {@link Money}. */
    record Quote(Sku sku) implements StockCommand {}
}
