package orderplatform.app.payments;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import orderplatform.app.payments.Entry.Status;
import org.jspecify.annotations.Nullable;

/** One payment in the provider's books: captured and voided never exceed authorised, refunded never captured. */
final class Account {

    private final String paymentId;
    private final Map<Step, Entry> steps = new EnumMap<>(Step.class);

    Account(String paymentId) {
        this.paymentId = paymentId;
    }

    /**
     * A payment as the ledger shows it; all amounts in minor units.
     *
     * @param customerId null where only a void was seen
     */
    record Totals(
            String paymentId,
            @Nullable String customerId,
            String currency,
            long authorised,
            long captured,
            long voided,
            long refunded) {}

    Optional<Entry> step(Step step) {
        return Optional.ofNullable(steps.get(step));
    }

    Optional<Entry> pendingAuthorisation() {
        return step(Step.AUTHORISE).filter(entry -> entry.status() == Status.PENDING);
    }

    void remember(Entry entry) {
        steps.put(entry.step(), entry);
    }

    Entry decide(Entry.Request request, Function<Entry.Request, Entry> authorisation) {
        return switch (request.step()) {
            case AUTHORISE ->
                steps.containsKey(Step.VOID) ? Entry.declined(request, "voided") : authorisation.apply(request);
            case CAPTURE -> within(request, approved(Step.AUTHORISE) - approved(Step.VOID), "exceeds-authorised");
            case VOID -> releaseOf(request);
            case REFUND -> within(request, approved(Step.CAPTURE), "exceeds-captured");
        };
    }

    private static Entry within(Entry.Request request, long limit, String otherwise) {
        return request.amount() <= limit ? Entry.approved(request) : Entry.declined(request, otherwise);
    }

    /** A void of nothing is approved for nothing, so that an authorisation that overtook it on the way is refused. */
    private Entry releaseOf(Entry.Request request) {
        long authorised = approved(Step.AUTHORISE);
        if (authorised > 0) {
            return within(request, authorised - approved(Step.CAPTURE), "exceeds-authorised");
        }
        return Entry.approved(
                new Entry.Request(request.paymentId(), request.step(), 0, request.currency(), request.customerId()));
    }

    private long approved(Step step) {
        return step(step)
                .filter(entry -> entry.status() == Status.APPROVED)
                .map(Entry::amount)
                .orElse(0L);
    }

    Totals totals() {
        Entry any = steps.values().iterator().next();
        return new Totals(
                paymentId,
                step(Step.AUTHORISE).map(Entry::customerId).orElse(null),
                any.currency(),
                approved(Step.AUTHORISE),
                approved(Step.CAPTURE),
                approved(Step.VOID),
                approved(Step.REFUND));
    }
}
