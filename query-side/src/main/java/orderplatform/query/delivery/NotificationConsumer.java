package orderplatform.query.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import orderplatform.api.notifications.NotificationView.Status;
import orderplatform.query.deadletters.DeadLetters;
import orderplatform.query.deadletters.Undone;
import orderplatform.query.notifications.DeliveryFailed;
import orderplatform.query.notifications.Ledger;
import orderplatform.query.notifications.NotificationRow;
import orderplatform.query.notifications.OrderTold;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells customers what became of their orders.
 *
 * <p>What is to be sent is planned once per event: inbox and ledger lines are one transaction, which the messages of a
 * batch share. Each line is then sent
 * under a row lock and marked in the same transaction. A crash after the mail server took an e-mail and before that
 * transaction committed leaves the line unsent, and the message comes again: the e-mail goes out a second time with the
 * same Message-ID, by which mail servers and readers recognise it. At least once, then, never silently not at all.
 */
class NotificationConsumer {

    private final Ledger ledger;
    private final EmailSender emails;
    private final SmsSender texts;
    private final JsonMapper json;
    private final MeterRegistry meters;

    NotificationConsumer(Ledger ledger, EmailSender emails, SmsSender texts, JsonMapper json, MeterRegistry meters) {
        this.ledger = ledger;
        this.emails = emails;
        this.texts = texts;
        this.json = json;
        this.meters = meters;
    }

    /** @throws Undone naming the messages that have to come again; the others have taken effect */
    @RabbitListener(queues = "#{@notificationQueue.name}", containerFactory = "notificationListeners")
    void on(List<Message> messages) {
        var undone = new LinkedHashMap<Message, RuntimeException>();
        var events = parse(messages, undone);
        var plan = ledger.plan(events.values());
        events.forEach((message, event) -> {
            if (plan.unplaced().contains(event)) {
                undone.put(message, new IllegalStateException("The log has no order %s".formatted(event.orderId())));
            } else {
                sendAll(message, event, plan.unsent().getOrDefault(event.eventId(), List.of()), undone);
            }
        });
        if (!undone.isEmpty()) {
            throw new Undone(undone);
        }
    }

    private Map<Message, OrderTold> parse(List<Message> messages, Map<Message, RuntimeException> undone) {
        var events = new LinkedHashMap<Message, OrderTold>();
        for (var message : messages) {
            try {
                events.put(message, OrderTold.parse(json, message.getBody()));
            } catch (RuntimeException noEvent) {
                undone.put(message, noEvent);
            }
        }
        return events;
    }

    /** One channel's failure keeps no other from being tried. */
    private void sendAll(
            Message message, OrderTold event, List<String> notificationIds, Map<Message, RuntimeException> undone) {
        for (String notificationId : notificationIds) {
            try {
                ledger.send(notificationId, (row, recipient) -> deliver(row, recipient, Letter.about(event)));
            } catch (RuntimeException e) {
                if (DeadLetters.isOutage(e)) {
                    throw e;
                }
                ledger.failed(notificationId);
                undone.put(message, e);
            }
        }
    }

    private void deliver(NotificationRow row, String recipient, Letter letter) {
        try {
            switch (row.channel()) {
                case EMAIL -> emails.send(row.notificationId(), recipient, letter);
                case SMS -> texts.send(row.notificationId(), recipient, letter.subject());
            }
        } catch (RuntimeException e) {
            count(row, Status.FAILED);
            throw e instanceof DeliveryFailed said
                    ? said
                    : new DeliveryFailed(row.notificationId(), e.getClass().getSimpleName());
        }
        count(row, Status.SENT);
    }

    private void count(NotificationRow row, Status status) {
        meters.counter("orderplatform.notifications", "channel", lower(row.channel()), "status", lower(status))
                .increment();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
