package orderplatform.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class MessageContextTest {

    @Test
    void a_log_line_carries_the_trace_and_the_order_while_the_message_is_handled_and_not_after() throws Exception {
        var event = GenericEventMessage.asEventMessage(new OrderEvent.Confirmed(new OrderId("536365")))
                .andMetaData(Map.of("correlationId", "trace-1"));
        var seen = new DefaultUnitOfWork<>(event)
                .executeWithResult(() -> new MessageContext()
                        .handle(new DefaultUnitOfWork<>(event), () -> MDC.get("traceId") + " " + MDC.get("orderId")))
                .getPayload();
        assertThat(seen).isEqualTo("trace-1 536365");
        assertThat(MDC.get("traceId")).isNull();
        assertThat(MDC.get("orderId")).isNull();
    }
}
