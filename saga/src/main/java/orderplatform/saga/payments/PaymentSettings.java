package orderplatform.saga.payments;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the provider is reached and how patiently.
 *
 * @param url root of the provider's API
 * @param timeout for one call to be answered; after it the outcome is unknown
 * @param askAfter how long to wait before asking what became of an unanswered step; doubles with every attempt
 * @param askAtMostEvery bound on that doubling
 * @param concurrency calls under way at once from this node
 */
@ConfigurationProperties("platform.payments")
public record PaymentSettings(
        URI url,
        @DefaultValue("2s") Duration timeout,
        @DefaultValue("1s") Duration askAfter,
        @DefaultValue("1m") Duration askAtMostEvery,
        @DefaultValue("64") int concurrency) {

    /** The pause before the provider is asked, after {@code attempt} unanswered calls. */
    Duration pause(int attempt) {
        var doubled = askAfter.multipliedBy(1L << Math.min(attempt - 1, 20));
        return doubled.compareTo(askAtMostEvery) < 0 ? doubled : askAtMostEvery;
    }
}
