package orderplatform.query.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Sends to addresses outside ASCII, with the settings of another sender. Not for other addresses: a message that is sent
 * with SMTPUTF8 reaches only servers that offer it.
 */
final class Smtputf8Sender extends JavaMailSenderImpl {

    /** Without the extension a client can only cut each character to a byte, which is another address. */
    static final class NotOffered extends MessagingException {

        private static final long serialVersionUID = 1;

        NotOffered() {
            super("the mail server does not offer SMTPUTF8, which the address needs");
        }
    }

    Smtputf8Sender(JavaMailSenderImpl other) {
        setProtocol(other.getProtocol());
        setHost(other.getHost());
        setPort(other.getPort());
        setUsername(other.getUsername());
        setPassword(other.getPassword());
        var properties = new Properties();
        properties.putAll(other.getSession().getProperties());
        properties.setProperty("mail.mime.allowutf8", "true");
        setJavaMailProperties(properties);
    }

    @Override
    protected Transport connectTransport() throws MessagingException {
        var transport = super.connectTransport();
        if (transport instanceof SMTPTransport smtp && smtp.supportsExtension("SMTPUTF8")) {
            return transport;
        }
        transport.close();
        throw new NotOffered();
    }
}
