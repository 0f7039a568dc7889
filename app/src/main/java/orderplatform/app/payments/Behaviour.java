package orderplatform.app.payments;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the provider treats an authorisation, chosen by how the customer's id begins. */
enum Behaviour {
    DECLINE("pay-decline"),
    SLOW("pay-slow"),
    TIMEOUT("pay-timeout"),
    LATE("pay-late"),
    WEBHOOK("pay-webhook"),
    DOWN("pay-down"),
    PLAIN("");

    private final String prefix;

    Behaviour(String prefix) {
        this.prefix = prefix;
    }

    static Behaviour of(@Nullable String customerId) {
        return customerId == null
                ? PLAIN
                : Stream.of(values())
                        .filter(behaviour -> customerId.startsWith(behaviour.prefix))
                        .findFirst()
                        .orElse(PLAIN);
    }
}
