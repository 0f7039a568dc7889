package orderplatform.api.notifications;

import java.time.Instant;
import orderplatform.api.PersonalData;
import orderplatform.api.orders.OrderId;
import org.jspecify.annotations.Nullable;

/**
 * What was sent to whom, when and why.
 *
 * @param recipient {@code erased} if the customer's personal data is
 * @param template which text, such as {@code order-confirmed}
 * @param sentAt null until the mail or SMS server has taken it
 * @param eventPosition in the log of the event that was the reason
 */
public record NotificationView(
        String notificationId,
        OrderId orderId,
        Channel channel,
        @PersonalData String recipient,
        String template,
        Status status,
        @Nullable Instant sentAt,
        long eventPosition) {

    public enum Channel {
        EMAIL,
        SMS
    }

    public enum Status {
        PENDING,
        SENT,
        FAILED,
        /** Not sent any more: whom it was for is erased. */
        ERASED
    }
}
