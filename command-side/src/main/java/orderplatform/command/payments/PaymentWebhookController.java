package orderplatform.command.payments;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import orderplatform.api.Outcome;
import orderplatform.api.ProblemType;
import orderplatform.api.payments.PaymentCommand;
import orderplatform.api.payments.PaymentId;
import orderplatform.api.payments.PaymentStatus;
import orderplatform.api.payments.PaymentStep;
import orderplatform.api.payments.ProviderOutcome;
import orderplatform.command.web.Commands;
import orderplatform.command.web.Problem;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The provider's calls back. Only what is signed with the shared secret counts; the same call twice changes nothing
 * the second time.
 */
@RestController
class PaymentWebhookController {

    private static final String ALGORITHM = "HmacSHA256";

    private final Commands commands;
    private final JsonMapper json;
    private final byte[] secret;

    PaymentWebhookController(
            Commands commands, JsonMapper json, @Value("${platform.payments.webhook-secret}") String secret) {
        this.commands = commands;
        this.json = json;
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    private record Callback(
            String paymentId,
            String step,
            String status,
            @Nullable String reference,
            @Nullable String reason) {}

    @PostMapping("/api/payments/webhook")
    ResponseEntity<Void> receive(
            @RequestHeader(name = "X-Signature", required = false) @Nullable String signature,
            @RequestBody byte[] body) {
        if (signature == null || !MessageDigest.isEqual(bytes(signature), bytes("sha256=" + sign(body)))) {
            throw Problem.of(ProblemType.UNAUTHORISED, "The signature is missing or does not fit the body.");
        }
        var outcome = outcome(body);
        try {
            Outcome.Accepted<PaymentStatus> _ = commands.accepted(outcome, "payment-provider");
            return ResponseEntity.noContent().build();
        } catch (AggregateNotFoundException e) {
            throw Problem.of(ProblemType.PAYMENT_NOT_FOUND, "There is no such payment.");
        }
    }

    private PaymentCommand.RecordOutcome outcome(byte[] body) {
        try {
            var callback = json.readValue(body, Callback.class);
            var step = PaymentStep.valueOf(callback.step().toUpperCase(Locale.ROOT));
            return new PaymentCommand.RecordOutcome(new PaymentId(callback.paymentId()), step, outcome(callback));
        } catch (JacksonException | IllegalArgumentException e) {
            throw Problem.invalid("body", "must be a payment outcome");
        }
    }

    private static ProviderOutcome outcome(Callback callback) {
        return switch (callback.status()) {
            case "approved" -> new ProviderOutcome.Approved(callback.reference() == null ? "" : callback.reference());
            case "declined" ->
                new ProviderOutcome.Declined(callback.reason() == null ? "unspecified" : callback.reason());
            default -> new ProviderOutcome.Unknown();
        };
    }

    private String sign(byte[] body) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
