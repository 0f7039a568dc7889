package orderplatform.query.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands in if no SMS provider is configured. */
class LoggedSmsSender implements SmsSender {

    private static final Logger LOG = LoggerFactory.getLogger(LoggedSmsSender.class);

    @Override
    public void send(String notificationId, String recipient, String text) {
        LOG.debug("SMS {}: {}", notificationId, text);
    }
}
