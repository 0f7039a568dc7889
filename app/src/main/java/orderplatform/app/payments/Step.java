package orderplatform.app.payments;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be asked of the provider for a payment. */
enum Step {
    AUTHORISE,
    CAPTURE,
    VOID,
    REFUND;

    static Optional<Step> of(String path) {
        return Stream.of(values()).filter(step -> step.path().equals(path)).findFirst();
    }

    String path() {
        return name().toLowerCase(Locale.ROOT);
    }
}
