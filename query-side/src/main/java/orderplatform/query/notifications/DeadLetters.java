package orderplatform.query.notifications;

import java.util.Optional;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.retry.MessageRecoverer;
import tools.jackson.databind.json.JsonMapper;

/** Hands a message over to the dead letters, and first lets those know who wait for its effect. */
class DeadLetters implements MessageRecoverer {

    private final GivenUp givenUp;
    private final MessageRecoverer publisher;
    private final JsonMapper json;

    DeadLetters(GivenUp givenUp, MessageRecoverer publisher, JsonMapper json) {
        this.givenUp = givenUp;
        this.publisher = publisher;
        this.json = json;
    }

    @Override
    public void recover(Message message, Throwable cause) {
        event(message).ifPresent(givenUp::add);
        publisher.recover(message, cause);
    }

    /** Empty for a message that is no event, for which nobody waits. */
    private Optional<OrderTold> event(Message message) {
        try {
            return Optional.of(OrderTold.parse(json, message.getBody()));
        } catch (RuntimeException noEvent) {
            return Optional.empty();
        }
    }
}
