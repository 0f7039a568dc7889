package orderplatform.api.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {

    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);

    /** The example that the libraries of Standard Webhooks are tested with. */
    @Test
    void signs_as_the_libraries_of_providers_do() {
        assertThat(WebhookSecret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                        .sign("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", BODY))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void takes_a_secret_as_plain_text() {
        var encoded = Base64.getEncoder().encodeToString("schlüssel".getBytes(StandardCharsets.UTF_8));
        assertThat(WebhookSecret.of("schlüssel").sign("1", "2", BODY))
                .isEqualTo(WebhookSecret.of("whsec_" + encoded).sign("1", "2", BODY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "whsec_", "whsec_%%%"})
    void refuses_what_is_no_secret(String text) {
        assertThatThrownBy(() -> WebhookSecret.of(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
