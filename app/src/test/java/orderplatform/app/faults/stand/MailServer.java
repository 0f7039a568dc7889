package orderplatform.app.faults.stand;

import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.io.Closeable;
import java.util.Comparator;
import java.util.List;
import orderplatform.app.faults.checker.trace.Evidence;

/** Takes every e-mail, and keeps it. */
public final class MailServer implements Closeable {

    private final GreenMail mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

    MailServer() {
        mail.start();
    }

    int port() {
        return mail.getSmtp().getPort();
    }

    /** Oldest first. */
    public List<Evidence.Mail> taken() {
        return mail.getManagers().getImapHostManager().getAllMessages().stream()
                .map(MailServer::mail)
                .sorted(Comparator.comparing(Evidence.Mail::at))
                .toList();
    }

    private static Evidence.Mail mail(StoredMessage stored) {
        try {
            return new Evidence.Mail(
                    stored.getMimeMessage().getMessageID(),
                    stored.getReceivedDate().toInstant());
        } catch (MessagingException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Override
    public void close() {
        mail.stop();
    }
}
