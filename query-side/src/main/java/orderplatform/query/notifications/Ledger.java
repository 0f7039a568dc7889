package orderplatform.query.notifications;

import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import orderplatform.api.notifications.NotificationView.Channel;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderId;
import orderplatform.eventstore.personal.PersonalText;
import orderplatform.eventstore.personal.PersonalTexts;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/** Decides what is to be sent, and keeps what became of it. */
public class Ledger {

    /**
     * What is to be done.
     *
     * @param unsent ids of notifications by event
     * @param unplaced events of orders that are not in the log
     */
    public record Plan(Map<String, List<String>> unsent, List<OrderTold> unplaced) {}

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
    public Plan plan(Collection<OrderTold> events) {
        return Objects.requireNonNull(transaction.execute(status -> {
            var known = known(events);
            var placed = events.stream()
                    .filter(event -> known.containsKey(event.orderId()))
                    .toList();
            firstTime(placed).stream()
                    .filter(event -> !event.isPlacement())
                    .forEach(event -> add(event, Objects.requireNonNull(known.get(event.orderId()))));
            var told = placed.stream()
                    .filter(event -> !event.isPlacement() && hasContact(known.get(event.orderId())))
                    .toList();
            var unplaced = events.stream()
                    .filter(event -> !known.containsKey(event.orderId()))
                    .toList();
            return new Plan(told.isEmpty() ? Map.of() : unsent(told), unplaced);
        }));
    }

    /** The contacts of the orders that have been placed. */
    private Map<OrderId, Contact> known(Collection<OrderTold> events) {
        var placed = new HashMap<OrderId, Contact>();
        events.stream().filter(OrderTold::isPlacement).forEach(event -> placed.put(event.orderId(), event.contact()));
        var others = events.stream()
                .map(OrderTold::orderId)
                .filter(orderId -> !placed.containsKey(orderId))
                .collect(Collectors.toSet());
        var known = contacts.find(others);
        others.removeAll(known.keySet());
        others.forEach(orderId -> placements.contact(orderId).ifPresent(contact -> placed.put(orderId, contact)));
        contacts.put(placed);
        known.putAll(placed);
        return known;
    }

    private static boolean hasContact(@Nullable Contact contact) {
        return contact != null && (contact.email() != null || contact.phone() != null);
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
    public void send(String notificationId, BiConsumer<NotificationRow, String> delivery) {
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

    public void failed(String notificationId) {
        transaction.executeWithoutResult(status -> {
            NotificationRow row = rows.getByNotificationId(notificationId);
            if (!row.isDone()) {
                row.failed();
            }
        });
    }
}
