package orderplatform.query.deadletters;

import java.util.List;
import java.util.Optional;
import orderplatform.eventstore.reader.Outages;
import orderplatform.query.notifications.OrderTold;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.retry.MessageBatchRecoverer;
import org.springframework.amqp.rabbit.retry.MessageRecoverer;
import tools.jackson.databind.json.JsonMapper;

/** Hands messages over to the dead letters, and first lets those know who wait for its effect. */
public class DeadLetters implements MessageBatchRecoverer {

    private final GivenUp givenUp;
    private final MessageRecoverer publisher;
    private final JsonMapper json;

    DeadLetters(GivenUp givenUp, MessageRecoverer publisher, JsonMapper json) {
        this.givenUp = givenUp;
        this.publisher = publisher;
        this.json = json;
    }

    /** Whether it says nothing of the messages: they are waited with, however long it takes. */
    public static boolean isOutage(Throwable failure) {
        return Outages.or().test(failure);
    }

    /** @throws AmqpException if it is not the messages that failed */
    @Override
    public void recover(List<Message> messages, Throwable cause) {
        if (isOutage(cause)) {
            throw new AmqpException("%d messages wait until it is over".formatted(messages.size()), cause);
        }
        for (var reason = cause; reason != null; reason = reason.getCause()) {
            if (reason instanceof Undone undone) {
                undone.causes().forEach(this::giveUp);
                return;
            }
        }
        messages.forEach(message -> giveUp(message, cause));
    }

    private void giveUp(Message message, Throwable cause) {
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
