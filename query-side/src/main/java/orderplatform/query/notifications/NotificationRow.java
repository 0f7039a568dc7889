package orderplatform.query.notifications;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import orderplatform.api.notifications.NotificationView;
import orderplatform.api.notifications.NotificationView.Channel;
import orderplatform.api.notifications.NotificationView.Status;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderId;
import orderplatform.eventstore.personal.PersonalText;
import orderplatform.eventstore.personal.PersonalTexts;
import org.jspecify.annotations.Nullable;

/** A line of the ledger. */
@Entity
@Table(name = "notification_ledger")
public class NotificationRow {

    @Id
    private String notificationId;

    private String eventId;
    private String orderId;

    @Enumerated(EnumType.STRING)
    private Channel channel;

    private String recipient;
    private String template;

    @Enumerated(EnumType.STRING)
    private Status status;

    private @Nullable Instant sentAt;
    private long eventPosition;

    @SuppressWarnings("NullAway.Init") // filled by Hibernate
    protected NotificationRow() {}

    NotificationRow(OrderTold event, Channel channel, String recipient) {
        notificationId = idOf(event.eventId(), channel);
        eventId = event.eventId();
        orderId = event.orderId().value();
        this.channel = channel;
        this.recipient = recipient;
        template = event.template();
        status = Status.PENDING;
        eventPosition = event.position();
    }

    /** The same for the same event and channel, whichever node plans it and however often. */
    static String idOf(String eventId, Channel channel) {
        return UUID.nameUUIDFromBytes("%s/%s".formatted(eventId, channel).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Sent, or not to be sent any more. */
    boolean isDone() {
        return status == Status.SENT || status == Status.ERASED;
    }

    void erased() {
        status = Status.ERASED;
    }

    void sent(Instant at) {
        status = Status.SENT;
        sentAt = at;
    }

    void failed() {
        status = Status.FAILED;
    }

    String eventId() {
        return eventId;
    }

    public String notificationId() {
        return notificationId;
    }

    public Channel channel() {
        return channel;
    }

    PersonalText recipient(PersonalTexts personal) {
        return personal.open(
                switch (channel) {
                    case EMAIL -> Contact.EMAIL_FIELD;
                    case SMS -> Contact.PHONE_FIELD;
                },
                recipient);
    }

    NotificationView view(PersonalTexts personal) {
        return new NotificationView(
                notificationId,
                new OrderId(orderId),
                channel,
                recipient(personal).shown(),
                template,
                status,
                sentAt,
                eventPosition);
    }
}
