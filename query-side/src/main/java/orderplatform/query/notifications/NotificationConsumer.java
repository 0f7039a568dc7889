package orderplatform.query.notifications;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import orderplatform.api.notifications.NotificationView.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tells customers what became of their orders.
 *
 * <p>What is to be sent is planned once per event: inbox and ledger lines are one transaction. Each line is then sent
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

    @RabbitListener(queues = "#{@notificationQueue.name}", containerFactory = "notificationListeners")
    void on(Message message) {
        OrderTold event = OrderTold.parse(json, message.getBody());
        if (event.isPlacement()) {
            ledger.remember(event);
        } else {
            sendAll(event);
        }
    }

    /** One channel's failure keeps no other from being tried. */
    private void sendAll(OrderTold event) {
        Letter letter = Letter.about(event);
        @Nullable RuntimeException failure = null;
        for (String notificationId : ledger.plan(event)) {
            try {
                ledger.send(notificationId, row -> deliver(row, letter));
            } catch (RuntimeException e) {
                ledger.failed(notificationId);
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void deliver(NotificationRow row, Letter letter) {
        try {
            switch (row.channel()) {
                case EMAIL -> emails.send(row.notificationId(), row.recipient(), letter);
                case SMS -> texts.send(row.notificationId(), row.recipient(), letter.subject());
            }
        } catch (RuntimeException e) {
            count(row, Status.FAILED);
            throw e;
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
