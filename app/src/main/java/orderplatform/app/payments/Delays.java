package orderplatform.app.payments;

import java.time.Duration;

/**
 * How long the misbehaving customers make the shop wait.
 *
 * @param slow before the answer to {@code pay-slow}
 * @param timeout before the answer to {@code pay-timeout}, longer than any caller waits
 * @param late until a {@code pay-late} authorisation is approved
 * @param webhook until a {@code pay-webhook} authorisation is approved and called back
 */
public record Delays(Duration slow, Duration timeout, Duration late, Duration webhook) {

    /** The delays for showing by hand. */
    public static Delays late(Duration late) {
        return new Delays(Duration.ofSeconds(1), Duration.ofSeconds(10), late, Duration.ofMillis(300));
    }
}
