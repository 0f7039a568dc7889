package orderplatform.query.delivery;

import orderplatform.query.notifications.DeliveryFailed;

/** Hands text messages to an SMS provider. A bean of this type replaces the one that only logs. */
public interface SmsSender {

    /**
     * Returns when the provider has taken the message over.
     *
     * @param notificationId the same for every attempt: an idempotency key for providers that know such
     * @param recipient telephone number, as the customer gave it; never to be logged
     * @throws DeliveryFailed if it has not, or may not have
     */
    void send(String notificationId, String recipient, String text);
}
