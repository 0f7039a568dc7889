package orderplatform.command.payments;

import java.io.IOException;
import java.io.InputStream;
import orderplatform.api.Outcome;
import orderplatform.api.Problem;
import orderplatform.api.ProblemType;
import orderplatform.api.payments.PaymentStatus;
import orderplatform.command.web.Commands;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * The provider's calls back. Only what is signed with the shared secret counts; the same call twice changes nothing
 * the second time.
 */
@RestController
class PaymentWebhookController {

    private final Commands commands;
    private final WebhookSignatures signatures;
    private final JsonMapper json;

    PaymentWebhookController(Commands commands, WebhookSignatures signatures, JsonMapper json) {
        this.commands = commands;
        this.signatures = signatures;
        this.json = json;
    }

    @PostMapping("/api/payments/webhook")
    ResponseEntity<Void> receive(
            @RequestHeader(name = "webhook-id", required = false) @Nullable String id,
            @RequestHeader(name = "webhook-timestamp", required = false) @Nullable String timestamp,
            @RequestHeader(name = "webhook-signature", required = false) @Nullable String signature,
            InputStream body) {
        var claim = signatures.claim(id, timestamp, signature);
        var bytes = read(body);
        claim.verify(bytes);
        var outcome = PaymentCallback.of(bytes, json).outcome();
        try {
            Outcome.Accepted<PaymentStatus> _ = commands.accepted(outcome, "payment-provider");
            return ResponseEntity.noContent().build();
        } catch (AggregateNotFoundException e) {
            throw Problem.of(ProblemType.PAYMENT_NOT_FOUND, "There is no such payment.");
        }
    }

    private static byte[] read(InputStream body) {
        try {
            return body.readAllBytes();
        } catch (IOException brokenOff) {
            throw Problem.invalid("body", "broke off");
        }
    }
}
