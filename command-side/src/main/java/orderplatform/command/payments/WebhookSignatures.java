package orderplatform.command.payments;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.api.payments.WebhookSecret;
import org.axonframework.eventhandling.GenericEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Tells the provider's calls from others, by Standard Webhooks. While a secret is being changed, two of them count. */
@Component
class WebhookSignatures {

    /** Either way, for clocks that are off. */
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    /** Some 30,000 years of them. */
    private static final String SECONDS = "[0-9]{1,12}";

    private final List<WebhookSecret> secrets;

    WebhookSignatures(
            @Value("${platform.payments.webhook-secret}") String secret,
            @Value("${platform.payments.previous-webhook-secret:}") String previous) {
        secrets = Stream.of(secret, previous)
                .filter(text -> !text.isEmpty())
                .map(WebhookSecret::of)
                .toList();
    }

    /** What a call says of itself, of which the signature is not verified yet. */
    final class Claim {

        private final String id;
        private final String timestamp;
        private final List<String> signatures;

        private Claim(String id, String timestamp, String signatures) {
            this.id = id;
            this.timestamp = timestamp;
            this.signatures = List.of(signatures.split(" "));
        }

        /** @throws Problem 401 unless one of the signatures is of this body by one of the secrets */
        void verify(byte[] body) {
            if (secrets.stream().map(secret -> secret.sign(id, timestamp, body)).noneMatch(this::isAmongSignatures)) {
                throw Problem.of(ProblemType.UNAUTHORISED, "No signature in webhook-signature fits the call.");
            }
        }

        private boolean isAmongSignatures(String wanted) {
            return signatures.stream().anyMatch(given -> MessageDigest.isEqual(bytes(given), bytes(wanted)));
        }
    }

    /**
     * Looks at the headers alone, so that the body of a call that is no webhook is not read.
     *
     * @throws Problem 401 if one is missing or the time is more than five minutes away
     */
    Claim claim(@Nullable String id, @Nullable String timestamp, @Nullable String signatures) {
        if (id == null || timestamp == null || signatures == null) {
            throw Problem.of(
                    ProblemType.UNAUTHORISED,
                    "A header is missing: webhook-id, webhook-timestamp or webhook-signature.");
        }
        if (!timestamp.matches(SECONDS) || isFarFromNow(Instant.ofEpochSecond(Long.parseLong(timestamp)))) {
            throw Problem.of(ProblemType.UNAUTHORISED, "The time in webhook-timestamp is more than five minutes away.");
        }
        return new Claim(id, timestamp, signatures);
    }

    /** The platform's time is the database's. */
    private static boolean isFarFromNow(Instant time) {
        return Duration.between(time, GenericEventMessage.clock.instant()).abs().compareTo(MAX_AGE) > 0;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
