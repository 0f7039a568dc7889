package orderplatform.query.notifications;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import orderplatform.api.RecordedEvent;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderId;
import orderplatform.query.log.EventLog;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How much of an order the ledger knows. It is fed over the broker and by several consumers, one of which may
 * overtake another, so it has no position of its own; what the log says of the order is looked for in it.
 */
class NotificationProgress {

    /** More than the life of an order has. */
    private static final int MAX_EVENTS = 100;

    private static final String DONE = """
            SELECT event_position FROM notification_ledger WHERE order_id = :orderId
            UNION SELECT event_position FROM notification_given_up WHERE order_id = :orderId""";

    private final EventLog log;
    private final JdbcClient jdbc;
    private final Contacts contacts;

    NotificationProgress(EventLog log, JdbcClient jdbc) {
        this.log = log;
        this.jdbc = jdbc;
        this.contacts = new Contacts(jdbc);
    }

    /** Tells whether what an order's events up to a position have to tell is planned or dead-lettered; not whether it is sent. */
    BooleanSupplier of(OrderId orderId, long position) {
        List<RecordedEvent> told = log.stream(-1, position, null, orderId.stream())
                .limit(MAX_EVENTS)
                .filter(event -> OrderTold.TYPES.contains(event.type()))
                .toList();
        return () -> hasAll(orderId, told);
    }

    private boolean hasAll(OrderId orderId, List<RecordedEvent> told) {
        Set<Long> done = jdbc.sql(DONE)
                .param("orderId", orderId.value())
                .query(Long.class)
                .set();
        List<RecordedEvent> open =
                told.stream().filter(event -> !done.contains(event.position())).toList();
        return open.isEmpty()
                || contacts.find(orderId)
                        .map(contact ->
                                hasNoAddress(contact) || open.stream().allMatch(NotificationProgress::isPlacement))
                        .orElse(false);
    }

    private static boolean hasNoAddress(Contact contact) {
        return contact.email() == null && contact.phone() == null;
    }

    /** It has no line in the ledger; its contact says that it has come. */
    private static boolean isPlacement(RecordedEvent event) {
        return event.type().equals(OrderTold.PLACED);
    }
}
