package orderplatform.query.notifications;

/** A server did not take a notification over. Carries no cause: those of mail servers quote addresses. */
public class DeliveryFailed extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** @param reason without personal data */
    public DeliveryFailed(String notificationId, String reason) {
        super("Notification %s: %s".formatted(notificationId, reason));
    }
}
