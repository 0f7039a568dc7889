package orderplatform.api.orders;

import orderplatform.api.ProblemType;
import orderplatform.api.Rejection;

/** Why an order refuses a command. */
public sealed interface OrderRejection extends Rejection {

    /** The id is taken by an order with other content. */
    record IdTaken(OrderId orderId) implements OrderRejection {

        @Override
        public ProblemType type() {
            return ProblemType.ORDER_ID_TAKEN;
        }

        @Override
        public String detail() {
            return "Order %s exists with other content.".formatted(orderId);
        }
    }

    /** The order's status does not allow what was asked. */
    record IllegalTransition(OrderId orderId, OrderStatus from, OrderStatus to) implements OrderRejection {

        @Override
        public ProblemType type() {
            return ProblemType.ILLEGAL_TRANSITION;
        }

        @Override
        public String detail() {
            return "Order %s is %s and cannot become %s.".formatted(orderId, from, to);
        }
    }
}
