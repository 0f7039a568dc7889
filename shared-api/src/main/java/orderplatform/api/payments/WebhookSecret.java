package orderplatform.api.payments;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A secret that the provider and the platform share, which signs calls back as Standard Webhooks, version 1, has it. */
public final class WebhookSecret {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String BASE64_PREFIX = "whsec_";

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * @param text {@code whsec_} and the secret in Base64, or else the secret itself
     * @throws IllegalArgumentException if the secret is empty or is no Base64
     */
    public static WebhookSecret of(String text) {
        return new WebhookSecret(
                text.startsWith(BASE64_PREFIX)
                        ? Base64.getDecoder().decode(text.substring(BASE64_PREFIX.length()))
                        : text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Signs a call.
     *
     * @param id from the header {@code webhook-id}
     * @param timestamp seconds since 1970, as it stands in the header {@code webhook-timestamp}
     * @return what stands in the header {@code webhook-signature}
     */
    public String sign(String id, String timestamp, byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update("%s.%s.".formatted(id, timestamp).getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
