package orderplatform.query.notifications;

import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import orderplatform.api.notifications.NotificationView.Channel;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderId;
import orderplatform.eventstore.personal.PersonalText;
import orderplatform.eventstore.personal.PersonalTexts;
import org.springframework.transaction.support.TransactionTemplate;

/** Decides what is to be sent, and keeps what became of it. */
class Ledger {

    /**
     * What is to be done.
     *
     * @param unsent ids of notifications by event
     * @param unplaced events of orders that are not in the log
     */
    record Plan(Map<String, List<String>> unsent, List<OrderTold> unplaced) {}

    private final Inbox inbox;
    private final Contacts contacts;
    private final Placements placements;
    private final NotificationRows rows;
    private final PersonalTexts personal;
    private final TransactionTemplate transaction;
    private final Clock clock;

    Ledger(
            Inbox inbox,
            Contacts contacts,
            Placements placements,
            NotificationRows rows,
            PersonalTexts personal,
            TransactionTemplate transaction,
            Clock clock) {
        this.inbox = inbox;
        this.contacts = contacts;
        this.placements = placements;
        this.rows = rows;
        this.personal = personal;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Keeps the contacts of orders that were placed, and plans one notification per channel for each other event that is
     * new. Where an order's placement has not come yet, the log has it.
     */
    Plan plan(Collection<OrderTold> events) {
        return Objects.requireNonNull(transaction.execute(status -> {
            remember(events.stream().filter(OrderTold::isPlacement).toList());
            var known = known(events.stream().map(OrderTold::orderId).collect(Collectors.toSet()));
            var told = events.stream()
                    .filter(event -> !event.isPlacement() && known.containsKey(event.orderId()))
                    .toList();
            firstTime(told).forEach(event -> add(event, Objects.requireNonNull(known.get(event.orderId()))));
            var unplaced = events.stream()
                    .filter(event -> !known.containsKey(event.orderId()))
                    .toList();
            return new Plan(unsent(told), unplaced);
        }));
    }

    private Map<OrderId, Contact> known(Set<OrderId> orders) {
        var known = contacts.find(orders);
        for (var orderId : orders) {
            if (!known.containsKey(orderId)) {
                placements.contact(orderId).ifPresent(contact -> {
                    contacts.put(orderId, contact);
                    known.put(orderId, contact);
                });
            }
        }
        return known;
    }

    private void remember(List<OrderTold> placements) {
        firstTime(placements).forEach(placed -> contacts.put(placed.orderId(), placed.contact()));
    }

    /** Of a message that comes twice in a batch, one. */
    private Collection<OrderTold> firstTime(List<OrderTold> events) {
        var byId = new LinkedHashMap<String, OrderTold>();
        events.forEach(event -> byId.put(event.eventId(), event));
        byId.keySet().retainAll(inbox.add(List.copyOf(byId.keySet())));
        return byId.values();
    }

    private Map<String, List<String>> unsent(List<OrderTold> events) {
        var eventIds = events.stream().map(OrderTold::eventId).collect(Collectors.toSet());
        return rows.findByEventIdInOrderByEventPositionAscChannelAsc(eventIds).stream()
                .filter(row -> !row.isDone())
                .collect(Collectors.groupingBy(
                        NotificationRow::eventId,
                        Collectors.mapping(NotificationRow::notificationId, Collectors.toList())));
    }

    private void add(OrderTold event, Contact contact) {
        if (contact.email() != null) {
            rows.save(new NotificationRow(event, Channel.EMAIL, contact.email()));
        }
        if (contact.phone() != null) {
            rows.save(new NotificationRow(event, Channel.SMS, contact.phone()));
        }
    }

    /**
     * Runs {@code delivery}, with the recipient opened, unless another consumer has meanwhile, and keeps that it was sent. To
     * whom is erased nothing is sent any more.
     */
    void send(String notificationId, BiConsumer<NotificationRow, String> delivery) {
        transaction.executeWithoutResult(status -> {
            NotificationRow row = rows.getByNotificationId(notificationId);
            if (row.isDone()) {
                return;
            }
            switch (row.recipient(personal)) {
                case PersonalText.Readable(var recipient) -> {
                    delivery.accept(row, recipient);
                    row.sent(clock.instant());
                }
                case PersonalText.Erased _ -> row.erased();
                case PersonalText.Unreadable _ ->
                    throw new DeliveryFailed(notificationId, "the recipient cannot be read");
            }
        });
    }

    void failed(String notificationId) {
        transaction.executeWithoutResult(status -> {
            NotificationRow row = rows.getByNotificationId(notificationId);
            if (!row.isDone()) {
                row.failed();
            }
        });
    }
}
