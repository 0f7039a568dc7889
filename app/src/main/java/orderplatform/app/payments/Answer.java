package orderplatform.app.payments;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The outcome of a step as the provider answers it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Answer(
        String status, @Nullable String reference, @Nullable String reason) {

    /** The same outcome as the webhook tells it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Callback(
            String paymentId,
            String step,
            String status,
            @Nullable String reference,
            @Nullable String reason) {}

    static Answer of(Entry entry) {
        return new Answer(status(entry), entry.reference(), entry.reason());
    }

    static Callback callback(Entry entry) {
        return new Callback(entry.paymentId(), entry.step().path(), status(entry), entry.reference(), entry.reason());
    }

    private static String status(Entry entry) {
        return entry.status().name().toLowerCase(Locale.ROOT);
    }
}
