package orderplatform.query.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands in if no mail server is configured. */
class LoggedEmailSender implements EmailSender {

    private static final Logger LOG = LoggerFactory.getLogger(LoggedEmailSender.class);

    @Override
    public void send(String notificationId, String recipient, Letter letter) {
        LOG.debug("E-mail {}: {}", notificationId, letter.subject());
    }
}
