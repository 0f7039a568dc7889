package orderplatform.app.payments;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import orderplatform.api.payments.WebhookSecret;

/** Tells the shop the outcome of a step, signed by Standard Webhooks, a few times until it is taken. */
final class Webhook {

    private static final System.Logger LOG = System.getLogger(Webhook.class.getName());
    private static final int ATTEMPTS = 6;
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(250);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private final Supplier<URI> target;
    private final WebhookSecret secret;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(ANSWER_TIMEOUT).build();

    /** @param target throws an {@link IllegalStateException} while the shop does not listen yet */
    Webhook(Supplier<URI> target, String secret) {
        this.target = target;
        this.secret = WebhookSecret.of(secret);
    }

    void deliver(String body) throws InterruptedException {
        String id = "msg_" + UUID.randomUUID();
        Duration pause = FIRST_BACK_OFF;
        for (int attempt = 1; !taken(id, body); attempt++) {
            if (attempt == ATTEMPTS) {
                LOG.log(System.Logger.Level.WARNING, "webhook not taken after {0} attempts", ATTEMPTS);
                return;
            }
            Thread.sleep(pause);
            pause = pause.multipliedBy(2);
        }
    }

    private boolean taken(String id, String body) throws InterruptedException {
        String now = String.valueOf(Instant.now().getEpochSecond());
        try {
            HttpRequest request = HttpRequest.newBuilder(target.get())
                    .timeout(ANSWER_TIMEOUT)
                    .header("Content-Type", "application/json")
                    .header("webhook-id", id)
                    .header("webhook-timestamp", now)
                    .header("webhook-signature", secret.sign(id, now, body.getBytes(StandardCharsets.UTF_8)))
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return client.send(request, BodyHandlers.discarding()).statusCode() / 100 == 2;
        } catch (IOException | IllegalStateException unreachable) {
            LOG.log(System.Logger.Level.DEBUG, "webhook not delivered", unreachable);
            return false;
        }
    }
}
