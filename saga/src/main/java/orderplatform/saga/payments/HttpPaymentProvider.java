package orderplatform.saga.payments;

import java.util.Locale;
import java.util.Optional;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.payments.PaymentId;
import orderplatform.api.payments.PaymentStep;
import orderplatform.api.payments.ProviderOutcome;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** A provider with one resource for each step of a payment: {@code PUT} does the step, {@code GET} tells its outcome. */
@Component
class HttpPaymentProvider implements PaymentProvider {

    private static final Logger LOG = LoggerFactory.getLogger(HttpPaymentProvider.class);
    private static final String RESOURCE = "/payments/{paymentId}/{step}";

    private final RestClient client;

    HttpPaymentProvider(PaymentSettings settings, RestClient.Builder builder) {
        client = builder.baseUrl(settings.url())
                .requestFactory(new HttpComponentsClientHttpRequestFactory(http(settings)))
                .build();
    }

    /** Tries nothing again by itself: whether a step was done is asked first. */
    private static CloseableHttpClient http(PaymentSettings settings) {
        var timeout = Timeout.of(settings.timeout());
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(settings.concurrency())
                .setMaxConnTotal(settings.concurrency())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .disableAutomaticRetries()
                .disableCookieManagement()
                .build();
    }

    private record StepRequest(
            long amount, String currency, @Nullable CustomerId customerId) {}

    private record StepAnswer(
            String status,
            @Nullable String reference,
            @Nullable String reason) {

        ProviderOutcome outcome() {
            return switch (status) {
                case "approved" -> new ProviderOutcome.Approved(reference == null ? "" : reference);
                case "declined" -> new ProviderOutcome.Declined(reason == null ? "unspecified" : reason);
                default -> new ProviderOutcome.Unknown();
            };
        }
    }

    @Override
    public ProviderOutcome execute(
            PaymentId paymentId, PaymentStep step, Money amount, @Nullable CustomerId customerId) {
        try {
            var answer = client.put()
                    .uri(RESOURCE, paymentId, path(step))
                    .header("Idempotency-Key", paymentId + "-" + path(step))
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(new StepRequest(amount.amount(), amount.currency(), customerId))
                    .retrieve()
                    .body(StepAnswer.class);
            return answer == null ? new ProviderOutcome.Unknown() : answer.outcome();
        } catch (RestClientException e) {
            return unknown(paymentId, step, e);
        }
    }

    @Override
    public Optional<ProviderOutcome> find(PaymentId paymentId, PaymentStep step) {
        try {
            return Optional.ofNullable(client.get()
                            .uri(RESOURCE, paymentId, path(step))
                            .retrieve()
                            .body(StepAnswer.class))
                    .map(StepAnswer::outcome);
        } catch (HttpClientErrorException e) {
            return e.getStatusCode() == HttpStatus.NOT_FOUND
                    ? Optional.empty()
                    : Optional.of(unknown(paymentId, step, e));
        } catch (RestClientException e) {
            return Optional.of(unknown(paymentId, step, e));
        }
    }

    private static ProviderOutcome unknown(PaymentId paymentId, PaymentStep step, RestClientException cause) {
        LOG.warn("No answer to {} of {}: {}", step, paymentId, cause.getMessage());
        return new ProviderOutcome.Unknown();
    }

    private static String path(PaymentStep step) {
        return step.name().toLowerCase(Locale.ROOT);
    }
}
