package orderplatform.saga.payments;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the provider is reached and how patiently.
 *
 * @param url root of the provider's API; asked for if any server is your own, otherwise a stand-in's if none is given
 * @param timeout time for one call to be answered; after it the outcome is unknown
 * @param askAfter how long to wait before asking what became of an unanswered step; doubles with every attempt
 * @param askAtMostEvery bound on that doubling
 * @param concurrency calls under way at once from this node
 * @param waiting calls of this node that wait for others to end; one more is left to the next time that the provider is asked
 */
@ConfigurationProperties("platform.payments")
public record PaymentSettings(
        URI url,
        @DefaultValue("2s") Duration timeout,
        @DefaultValue("1s") Duration askAfter,
        @DefaultValue("1m") Duration askAtMostEvery,
        @DefaultValue("64") int concurrency,
        @DefaultValue("8192") int waiting) {

    /** How long a call of this node has for its outcome to be recorded, before any node may ask what became of the step. */
    Duration patience(int attempt) {
        return timeout.plus(pause(attempt));
    }

    /** The pause before the provider is asked, after {@code attempt} unanswered calls. */
    Duration pause(int attempt) {
        var doubled = askAfter.multipliedBy(1L << Math.min(attempt - 1, 20));
        return doubled.compareTo(askAtMostEvery) < 0 ? doubled : askAtMostEvery;
    }
}
