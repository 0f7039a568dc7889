package orderplatform.query.delivery;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import orderplatform.api.orders.EmailAddress;
import orderplatform.query.notifications.DeliveryFailed;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.mail.javamail.MimeMessageHelper;

/** Sends each e-mail to exactly the address given, or not at all. */
class SmtpEmailSender implements EmailSender {

    private static final String MESSAGE_ID = "<%s@notifications.orderplatform>";

    private final JavaMailSender mail;
    private final JavaMailSender smtputf8;
    private final String from;

    SmtpEmailSender(JavaMailSenderImpl mail, String from) {
        this.mail = mail;
        this.smtputf8 = new Smtputf8Sender(mail);
        this.from = from;
    }

    @Override
    public void send(String notificationId, String recipient, Letter letter) {
        try {
            var address = EmailAddress.of(recipient);
            var sender = address.needsSmtputf8() ? smtputf8 : mail;
            sender.send(message(sender.createMimeMessage(), notificationId, address, letter));
        } catch (MailException | MessagingException e) {
            throw new DeliveryFailed(notificationId, reason(e));
        } catch (IllegalArgumentException invalid) {
            throw new DeliveryFailed(notificationId, "the address " + invalid.getMessage());
        }
    }

    /** What servers say quotes addresses. */
    private static String reason(Exception failure) {
        return failure.getCause() instanceof Smtputf8Sender.NotOffered notOffered
                ? String.valueOf(notOffered.getMessage())
                : failure.getClass().getSimpleName();
    }

    private MimeMessage message(MimeMessage message, String notificationId, EmailAddress address, Letter letter)
            throws MessagingException {
        var fields = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
        fields.setFrom(from);
        // Not parsed again, which would find a list of addresses or a name in one.
        var to = new InternetAddress();
        to.setAddress(address.toString());
        fields.setTo(to);
        fields.setSubject(letter.subject());
        fields.setText(letter.body());
        message.setHeader("Message-ID", MESSAGE_ID.formatted(notificationId));
        return message;
    }
}
