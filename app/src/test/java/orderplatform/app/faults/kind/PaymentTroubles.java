package orderplatform.app.faults.kind;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import orderplatform.api.payments.WebhookSecret;
import orderplatform.app.benchmarks.process.Patience;
import orderplatform.app.faults.load.Assortment;
import orderplatform.app.faults.load.Caller;
import orderplatform.app.faults.stand.Stand;
import orderplatform.app.faults.wire.Proxy;

/**
 * The provider is out of reach for a while, approves what was cancelled meanwhile, and calls back twice, once per node.
 */
public final class PaymentTroubles implements Fault {

    private static final int ORDERS = 6;

    /** After it the provider has approved what it calls back about. */
    private static final Duration APPROVED_AFTER = Duration.ofSeconds(1);

    private int made;

    @Override
    public String fullName() {
        return "payment-troubles";
    }

    @Override
    public int fullRuns() {
        return 100;
    }

    @Override
    public Outcome strike(Scene scene, Random random) throws Exception {
        var caller = scene.caller();
        int first = made;
        for (int i = 0; i < ORDERS; i++) {
            place(caller, "late-%d".formatted(made), "pay-late");
            place(caller, "hook-%d".formatted(made), "pay-webhook");
            place(caller, "lost-%d".formatted(made++), "pay-timeout");
        }
        Thread.sleep(APPROVED_AFTER);
        for (int i = first; i < made; i++) {
            awaitApproval(scene.stand(), "hook-%d".formatted(i));
            for (int node = 0; node < Stand.NODES; node++) {
                callBack(caller, node, "hook-%d".formatted(i));
            }
            write(
                    caller,
                    "/api/orders/late-%d/cancellation".formatted(i),
                    "cancel-late-" + i,
                    "{\"reason\":\"too late\"}");
        }
        scene.stand().trouble(Stand.Server.PAYMENTS, Proxy.Trouble.CUT);
        try {
            Thread.sleep(scene.duration(random));
        } finally {
            scene.stand().trouble(Stand.Server.PAYMENTS, Proxy.Trouble.NONE);
        }
        return Outcome.recoveredAfter(0);
    }

    private static void place(Caller caller, String id, String customer) throws InterruptedException {
        write(
                caller,
                "/api/orders",
                id,
                "{\"orderId\":\"%s\",\"customerId\":\"%s\",\"currency\":\"GBP\",\"lines\":[{\"sku\":\"%s\",\"quantity\":1,\"unitPrice\":255}]}"
                        .formatted(id, customer, Assortment.HOT));
    }

    private static void write(Caller caller, String path, String key, String body) throws InterruptedException {
        for (int node = 0;
                caller.post(node, path, Map.of("Idempotency-Key", key), body)
                        .filter(Caller.Answer::isFinal)
                        .isEmpty();
                node = (node + 1) % Stand.NODES) {
            Thread.sleep(APPROVED_AFTER);
        }
    }

    /** The provider would not call back about what it does not know. */
    private static void awaitApproval(Stand stand, String orderId) throws InterruptedException {
        var approval = stand.payments().resolve("/payments/pay-%s/authorise".formatted(orderId));
        Patience.until("approval of " + orderId, () -> true, () -> {
            try (var answer = approval.toURL().openStream()) {
                return new String(answer.readAllBytes(), StandardCharsets.UTF_8).contains("approved");
            }
        });
    }

    private static void callBack(Caller caller, int node, String orderId) throws Exception {
        var body =
                "{\"paymentId\":\"pay-%s\",\"step\":\"authorise\",\"status\":\"approved\",\"reference\":\"stand-in-pay-%s-authorise\"}"
                        .formatted(orderId, orderId);
        var now = String.valueOf(Instant.now().getEpochSecond());
        var signature = WebhookSecret.of(Stand.SECRET).sign(orderId, now, body.getBytes(StandardCharsets.UTF_8));
        caller.post(
                node,
                "/api/payments/webhook",
                Map.of("webhook-id", orderId, "webhook-timestamp", now, "webhook-signature", signature),
                body);
    }
}
