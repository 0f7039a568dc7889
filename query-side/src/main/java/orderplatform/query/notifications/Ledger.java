package orderplatform.query.notifications;

import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import orderplatform.api.notifications.NotificationView.Channel;
import orderplatform.api.orders.Contact;
import org.springframework.transaction.support.TransactionTemplate;

/** Decides what is to be sent, and keeps what became of it. */
class Ledger {

    private final Inbox inbox;
    private final Contacts contacts;
    private final NotificationRows rows;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Ledger(Inbox inbox, Contacts contacts, NotificationRows rows, TransactionTemplate transaction, Clock clock) {
        this.inbox = inbox;
        this.contacts = contacts;
        this.rows = rows;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Keeps the contact of an order that was placed. */
    void remember(OrderTold placed) {
        transaction.executeWithoutResult(status -> {
            if (inbox.add(placed.eventId())) {
                contacts.put(placed.orderId(), placed.contact());
            }
        });
    }

    /**
     * Plans one notification per channel when the event is new, and answers what is not sent yet.
     *
     * @throws IllegalStateException where the order's placement has not come yet; it will
     */
    List<String> plan(OrderTold event) {
        return Objects.requireNonNull(transaction.execute(status -> {
            if (inbox.add(event.eventId())) {
                Contact contact = contacts.find(event.orderId())
                        .orElseThrow(() ->
                                new IllegalStateException("Order %s was not placed yet".formatted(event.orderId())));
                add(event, contact);
            }
            return rows.findByEventIdOrderByChannel(event.eventId()).stream()
                    .filter(row -> !row.isSent())
                    .map(NotificationRow::notificationId)
                    .toList();
        }));
    }

    private void add(OrderTold event, Contact contact) {
        if (contact.email() != null) {
            rows.save(new NotificationRow(event, Channel.EMAIL, contact.email()));
        }
        if (contact.phone() != null) {
            rows.save(new NotificationRow(event, Channel.SMS, contact.phone()));
        }
    }

    /** Runs {@code delivery} unless another consumer has meanwhile, and keeps that it was sent. */
    void send(String notificationId, Consumer<NotificationRow> delivery) {
        transaction.executeWithoutResult(status -> {
            NotificationRow row = rows.getByNotificationId(notificationId);
            if (!row.isSent()) {
                delivery.accept(row);
                row.sent(clock.instant());
            }
        });
    }

    void failed(String notificationId) {
        transaction.executeWithoutResult(status -> {
            NotificationRow row = rows.getByNotificationId(notificationId);
            if (!row.isSent()) {
                row.failed();
            }
        });
    }
}
