package orderplatform.query.delivery;

import orderplatform.query.notifications.DeliveryFailed;

/** Hands e-mails to a mail server. */
interface EmailSender {

    /**
     * Returns when the mail server has taken the e-mail over.
     *
     * @param notificationId the same for every attempt; the Message-ID is made of it
     * @throws DeliveryFailed if it has not, or may not have
     */
    void send(String notificationId, String recipient, Letter letter);
}
