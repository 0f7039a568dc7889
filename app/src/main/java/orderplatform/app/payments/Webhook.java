package orderplatform.app.payments;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells the shop the outcome of a step, signed, a few times until it is taken. */
final class Webhook {

    private static final System.Logger LOG = System.getLogger(Webhook.class.getName());
    private static final String ALGORITHM = "HmacSHA256";
    private static final int ATTEMPTS = 6;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);

    private final Supplier<URI> target;
    private final byte[] secret;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();

    Webhook(Supplier<URI> target, String secret) {
        this.target = target;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    void deliver(String body) throws InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int attempt = 1; !taken(body); attempt++) {
            if (attempt == ATTEMPTS) {
                LOG.log(System.Logger.Level.WARNING, "webhook not taken after {0} attempts", ATTEMPTS);
                return;
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private boolean taken(String body) throws InterruptedException {
        try {
            HttpRequest request = HttpRequest.newBuilder(target.get())
                    .timeout(ANSWER_LIMIT)
                    .header("Content-Type", "application/json")
                    .header("X-Signature", "sha256=" + signature(body))
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException unreachable) {
            LOG.log(System.Logger.Level.DEBUG, "webhook not delivered", unreachable);
            return false;
        }
    }

    private String signature(String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
