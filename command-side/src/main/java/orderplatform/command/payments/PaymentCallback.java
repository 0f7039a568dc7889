package orderplatform.command.payments;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import orderplatform.api.Problem;
import orderplatform.api.Texts;
import orderplatform.api.payments.PaymentCommand;
import orderplatform.api.payments.PaymentId;
import orderplatform.api.payments.PaymentStep;
import orderplatform.api.payments.ProviderOutcome;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The body of a webhook: what became of a step of a payment. Each method that reads it throws a {@link Problem} 400. */
record PaymentCallback(JsonNode body) {

    private static final Set<String> FIELDS = Set.of("paymentId", "step", "status", "reference", "reason");
    private static final int MAX_PAYMENT_ID_CHARACTERS = 100;

    static PaymentCallback of(byte[] bytes, JsonMapper json) {
        try {
            var body = json.readTree(bytes);
            if (!body.isObject()) {
                throw Problem.invalid("body", "must be a JSON object");
            }
            body.propertyNames().stream().filter(name -> !FIELDS.contains(name)).forEach(name -> {
                throw Problem.invalid("body", "has a field that is not known");
            });
            return new PaymentCallback(body);
        } catch (JacksonException unreadable) {
            throw Problem.invalid("body", "must be a JSON object");
        }
    }

    PaymentCommand.RecordOutcome outcome() {
        var paymentId = new PaymentId(required("paymentId", MAX_PAYMENT_ID_CHARACTERS));
        return new PaymentCommand.RecordOutcome(paymentId, step(), providerOutcome());
    }

    private PaymentStep step() {
        var name = required("step", ProviderOutcome.MAX_TEXT_CHARACTERS);
        return Stream.of(PaymentStep.values())
                .filter(step -> step.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.invalid("step", "must be authorise, capture, void or refund"));
    }

    private ProviderOutcome providerOutcome() {
        var reference = optional("reference", "");
        var reason = optional("reason", "unspecified");
        return switch (required("status", ProviderOutcome.MAX_TEXT_CHARACTERS)) {
            case "approved" -> new ProviderOutcome.Approved(reference);
            case "declined" -> new ProviderOutcome.Declined(reason);
            case "pending" -> new ProviderOutcome.Unknown();
            default -> throw Problem.invalid("status", "must be approved, declined or pending");
        };
    }

    private String required(String field, int maxCharacters) {
        if (body.path(field).isMissingNode() || body.path(field).isNull()) {
            throw Problem.invalid(field, "is missing");
        }
        var text = text(field, maxCharacters);
        if (text.isEmpty()) {
            throw Problem.invalid(field, "must not be empty");
        }
        return text;
    }

    private String optional(String field, String otherwise) {
        return body.path(field).isMissingNode() || body.path(field).isNull()
                ? otherwise
                : text(field, ProviderOutcome.MAX_TEXT_CHARACTERS);
    }

    private String text(String field, int maxCharacters) {
        if (!body.path(field).isString()) {
            throw Problem.invalid(field, "must be a text");
        }
        var text = body.path(field).stringValue();
        if (text.length() > maxCharacters) {
            throw Problem.invalid(field, "must have at most " + maxCharacters + " characters");
        }
        if (!Texts.isClean(text)) {
            throw Problem.invalid(field, "must hold no control characters and no half or unassigned characters");
        }
        return text;
    }
}
