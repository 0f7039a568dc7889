package orderplatform.api.inventory;

import orderplatform.api.ProblemType;
import orderplatform.api.Rejection;
import orderplatform.api.Sku;
import orderplatform.api.orders.OrderId;

/** Why a SKU's stock refuses a command. */
public sealed interface StockRejection extends Rejection {

    /** A correction was made from a quantity that is no longer so. */
    record OnHandChanged(Sku sku, long from, long onHand) implements StockRejection {

        @Override
        public ProblemType type() {
            return ProblemType.ON_HAND_CHANGED;
        }

        @Override
        public String detail() {
            return "The adjustment of %s was made from %d, but %d are on hand.".formatted(sku, from, onHand);
        }
    }

    /** A correction would leave less on hand than is promised to orders. */
    record PromisedToOrders(Sku sku, long to, long promised) implements StockRejection {

        @Override
        public ProblemType type() {
            return ProblemType.PROMISED_TO_ORDERS;
        }

        @Override
        public String detail() {
            return "%s cannot be adjusted to %d: %d are promised to orders.".formatted(sku, to, promised);
        }
    }

    /** More than the platform counts of one SKU. */
    record TooMany(Sku sku, long onHand, long limit) implements StockRejection {

        @Override
        public ProblemType type() {
            return ProblemType.TOO_MANY_ON_HAND;
        }

        @Override
        public String detail() {
            return "%s would have %d on hand; the limit is %d.".formatted(sku, onHand, limit);
        }
    }

    /** No reservation or allocation of that order to act on. */
    record NotHeld(Sku sku, OrderId orderId) implements StockRejection {

        @Override
        public ProblemType type() {
            return ProblemType.NOT_HELD;
        }

        @Override
        public String detail() {
            return "%s holds nothing for order %s.".formatted(sku, orderId);
        }
    }
}
