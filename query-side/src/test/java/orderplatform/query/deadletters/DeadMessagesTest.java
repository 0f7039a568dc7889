package orderplatform.query.deadletters;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import orderplatform.api.orders.OrderId;
import orderplatform.query.Events;
import orderplatform.query.QuerySideTest;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.beans.factory.annotation.Autowired;

@QuerySideTest
class DeadMessagesTest {

    private final OrderId orderId = Events.orderId();

    @Autowired
    DeadMessages dead;

    @Test
    void what_the_broker_gave_up_is_kept_with_the_reason_of_the_broker() {
        var message = MessageBuilder.withBody(orderId.value().getBytes(StandardCharsets.UTF_8))
                .setHeader("x-first-death-reason", "delivery_limit")
                .build();
        dead.keep(message);
        assertThat(dead.find(UUID.nameUUIDFromBytes(message.getBody())))
                .map(DeadMessage::cause)
                .contains("delivery_limit");
    }
}
