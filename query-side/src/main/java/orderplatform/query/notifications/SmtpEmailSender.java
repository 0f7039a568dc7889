package orderplatform.query.notifications;

import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import org.springframework.mail.MailException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.MimeMessageHelper;

class SmtpEmailSender implements EmailSender {

    private static final String MESSAGE_ID = "<%s@notifications.orderplatform>";

    private final JavaMailSender mail;
    private final String from;

    SmtpEmailSender(JavaMailSender mail, String from) {
        this.mail = mail;
        this.from = from;
    }

    @Override
    public void send(String notificationId, String recipient, Letter letter) {
        try {
            mail.send(message(notificationId, recipient, letter));
        } catch (MailException | MessagingException e) {
            throw new DeliveryFailed(notificationId, e.getClass().getSimpleName());
        }
    }

    private MimeMessage message(String notificationId, String recipient, Letter letter) throws MessagingException {
        MimeMessage message = mail.createMimeMessage();
        var fields = new MimeMessageHelper(message, StandardCharsets.UTF_8.name());
        fields.setFrom(from);
        fields.setTo(recipient);
        fields.setSubject(letter.subject());
        fields.setText(letter.body());
        message.setHeader("Message-ID", MESSAGE_ID.formatted(notificationId));
        return message;
    }
}
