package orderplatform.saga.payments;

import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.Texts;
import orderplatform.api.payments.PaymentId;
import orderplatform.api.payments.PaymentStep;
import orderplatform.api.payments.ProviderOutcome;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A provider with one resource for each step of a payment: {@code PUT} does the step, {@code GET} tells its outcome. */
@Component
class HttpPaymentProvider implements PaymentProvider {

    private static final Logger LOG = LoggerFactory.getLogger(HttpPaymentProvider.class);
    private static final int MAX_LOGGED_CHARACTERS = 500;

    private final ProviderConnections connections;
    private final String root;

    /** Not the platform's own, which is strict with callers: a provider may add fields. */
    private final JsonMapper json = new JsonMapper();

    HttpPaymentProvider(PaymentSettings settings, ObservationRegistry observations) {
        connections = new ProviderConnections(settings, observations);
        root = settings.url().toString().replaceAll("/+$", "") + "/payments/";
    }

    private record StepRequest(
            long amount, String currency, @Nullable CustomerId customerId) {}

    @Override
    public ProviderOutcome execute(
            PaymentId paymentId, PaymentStep step, Money amount, @Nullable CustomerId customerId) {
        var call = new HttpPut(resource(paymentId, step));
        call.setHeader("Idempotency-Key", paymentId + "-" + path(step));
        call.setEntity(new ByteArrayEntity(
                json.writeValueAsBytes(new StepRequest(amount.amount(), amount.currency(), customerId)),
                ContentType.APPLICATION_JSON));
        try {
            var answer = connections.call(call);
            return answer.isSuccess() ? outcome(answer.json()) : unknown(paymentId, step, "status " + answer.status());
        } catch (IOException e) {
            return unknown(paymentId, step, e.toString());
        }
    }

    @Override
    public Optional<ProviderOutcome> find(PaymentId paymentId, PaymentStep step) {
        try {
            var answer = connections.call(new HttpGet(resource(paymentId, step)));
            if (answer.status() == HttpStatus.SC_NOT_FOUND) {
                return Optional.empty();
            }
            return Optional.of(
                    answer.isSuccess()
                            ? outcome(answer.json())
                            : unknown(paymentId, step, "status " + answer.status()));
        } catch (IOException e) {
            return Optional.of(unknown(paymentId, step, e.toString()));
        }
    }

    private static ProviderOutcome outcome(JsonNode answer) {
        return switch (answer.path("status").stringValue("")) {
            case "approved" -> new ProviderOutcome.Approved(text(answer.path("reference"), ""));
            case "declined" -> new ProviderOutcome.Declined(text(answer.path("reason"), "unspecified"));
            default -> new ProviderOutcome.Unknown();
        };
    }

    private static String text(JsonNode text, String otherwise) {
        return cleaned(text.stringValue(otherwise), ProviderOutcome.MAX_TEXT_CHARACTERS);
    }

    /** Cut first: a cut through a pair of surrogates leaves a half. */
    private static String cleaned(String text, int maxCharacters) {
        return Texts.cleaned(text.substring(0, Math.min(text.length(), maxCharacters)));
    }

    /** The cause may quote the provider. */
    private static ProviderOutcome unknown(PaymentId paymentId, PaymentStep step, String cause) {
        LOG.warn("No answer to {} of {}: {}", step, paymentId, cleaned(cause, MAX_LOGGED_CHARACTERS));
        return new ProviderOutcome.Unknown();
    }

    private URI resource(PaymentId paymentId, PaymentStep step) {
        return URI.create(root + paymentId + "/" + path(step));
    }

    private static String path(PaymentStep step) {
        return step.name().toLowerCase(Locale.ROOT);
    }
}
