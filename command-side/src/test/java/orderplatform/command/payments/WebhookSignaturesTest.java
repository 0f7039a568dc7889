package orderplatform.command.payments;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import orderplatform.api.Problem;
import orderplatform.api.payments.WebhookSecret;
import org.junit.jupiter.api.Test;

class WebhookSignaturesTest {

    private static final byte[] BODY = {1};

    private final String now = String.valueOf(Instant.now().getEpochSecond());

    private void verify(String secret, WebhookSignatures signatures) {
        signatures
                .claim("id", now, WebhookSecret.of(secret).sign("id", now, BODY))
                .verify(BODY);
    }

    @Test
    void takes_the_previous_secret_while_it_is_configured() {
        var both = new WebhookSignatures("new", "old");
        assertThatCode(() -> verify("new", both)).doesNotThrowAnyException();
        assertThatCode(() -> verify("old", both)).doesNotThrowAnyException();
        assertThatThrownBy(() -> verify("older", both)).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> verify("old", new WebhookSignatures("new", "")))
                .isInstanceOf(Problem.class);
    }

    @Test
    void looks_at_the_headers_before_the_body_is_read() {
        var signatures = new WebhookSignatures("new", "");
        assertThatThrownBy(() -> signatures.claim("id", "17", "v1,x")).isInstanceOf(Problem.class);
        assertThatThrownBy(() -> signatures.claim(null, now, "v1,x")).isInstanceOf(Problem.class);
    }
}
