package orderplatform.query.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import orderplatform.query.notifications.DeliveryFailed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mail.javamail.JavaMailSenderImpl;

class SmtpEmailSenderTest {

    private static final Letter LETTER = new Letter("Your order", "It is here.");

    private SmtpServer server;

    private void send(String recipient, boolean smtputf8) throws IOException {
        server = new SmtpServer(smtputf8);
        var mail = new JavaMailSenderImpl();
        mail.setHost("127.0.0.1");
        mail.setPort(server.port());
        new SmtpEmailSender(mail, "shop@b.example").send("n1", recipient, LETTER);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sends_to_an_ascii_address_without_smtputf8(boolean offered) throws Exception {
        send("anna@b.example", offered);
        assertThat(server.lines("RCPT")).containsExactly("RCPT TO:<anna@b.example>");
        assertThat(server.lines("MAIL")).singleElement().asString().doesNotContain("SMTPUTF8");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sends_to_a_domain_in_a_labels(boolean offered) throws Exception {
        send("anna@łk.example", offered);
        assertThat(server.lines("RCPT")).containsExactly("RCPT TO:<anna@xn--k-dla.example>");
        assertThat(server.lines("To:")).containsExactly("To: anna@xn--k-dla.example");
    }

    @Test
    void sends_to_a_local_part_outside_ascii_with_smtputf8() throws Exception {
        send("paweł@b.example", true);
        assertThat(server.lines("RCPT")).containsExactly("RCPT TO:<paweł@b.example>");
        assertThat(server.lines("MAIL")).singleElement().asString().contains("SMTPUTF8");
        assertThat(server.lines("To:")).containsExactly("To: paweł@b.example");
    }

    @Test
    void sends_nothing_if_the_server_does_not_offer_smtputf8() {
        assertThatThrownBy(() -> send("paweł@b.example", false))
                .isInstanceOf(DeliveryFailed.class)
                .hasMessage("Notification n1: the mail server does not offer SMTPUTF8, which the address needs");
        assertThat(server.lines("RCPT")).isEmpty();
    }

    /** Older logs hold such addresses. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jürgen@",
                "a@b_c.example",
                "a@b.example\u00a0",
                "a@straße.example",
                "a@b.example,c@d.example",
                "Anna <a@b.example>",
                "a@b.example\r\nRCPT TO:<x@y.example>",
                "\"a b\"@c.example"
            })
    void sends_nothing_to_what_is_no_address(String recipient) {
        assertThatThrownBy(() -> send(recipient, true))
                .isInstanceOf(DeliveryFailed.class)
                .hasMessageStartingWith("Notification n1: the address ")
                .hasMessageNotContaining(recipient);
        assertThat(server.lines("")).isEmpty();
    }
}
