package orderplatform.app.logging;

import java.util.Optional;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.orders.OrderCommand;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.payments.PaymentEvent;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Puts {@code traceId} and {@code orderId} beside every log line of a command's or an event's handling. The trace is the
 * correlation id, which all that one request caused have in common.
 */
public class MessageContext implements MessageHandlerInterceptor<Message<?>> {

    @Override
    public Object handle(UnitOfWork<? extends Message<?>> work, InterceptorChain chain) throws Exception {
        var message = work.getMessage();
        var trace = message.getMetaData().getOrDefault("correlationId", message.getIdentifier());
        var order = orderOf(message).map(OrderId::value).orElse(null);
        try (var _ = MDC.putCloseable("traceId", trace.toString());
                var _ = MDC.putCloseable("orderId", order)) {
            return chain.proceed();
        }
    }

    /** The order that a message is about; none also if its payload can't be read, which its handler will find out. */
    public static Optional<OrderId> orderOf(Message<?> message) {
        try {
            return Optional.ofNullable(orderIn(message.getPayload()));
        } catch (SerializationException unreadable) {
            return Optional.empty();
        }
    }

    private static @Nullable OrderId orderIn(@Nullable Object payload) {
        return switch (payload) {
            case OrderCommand command -> command.orderId();
            case StockCommand.Reserve reserve -> reserve.orderId();
            case StockCommand.Allocate allocate -> allocate.orderId();
            case StockCommand.Release release -> release.orderId();
            case StockCommand.Deallocate deallocate -> deallocate.orderId();
            case OrderEvent event -> event.orderId();
            case StockEvent.ForOrder event -> event.orderId();
            case PaymentEvent event -> event.orderId();
            case null, default -> null;
        };
    }
}
