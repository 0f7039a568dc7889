package orderplatform.app.payments;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import orderplatform.app.payments.Entry.Status;
import org.jspecify.annotations.Nullable;

/** One payment in the provider's books: captured and voided never exceed authorised, refunded never captured. */
final class Account {

    private final String paymentId;
    private final Map<Step, Entry> steps = new EnumMap<>(Step.class);

    private final Consumer<Entry> store;

    /** @param store is told each new entry before anything follows from it */
    Account(String paymentId, Consumer<Entry> store) {
        this.paymentId = paymentId;
        this.store = store;
    }

    /**
     * A payment as the ledger shows it; all amounts in minor units.
     *
     * @param customerId null if only a void was seen
     */
    record Totals(
            String paymentId,
            @Nullable String customerId,
            String currency,
            long authorised,
            long captured,
            long voided,
            long refunded) {}

    void remember(Entry entry) {
        steps.put(entry.step(), entry);
    }

    /** A step as it is at a time; a pending one may be approved by then. */
    Optional<Entry> find(Step step, Instant now) {
        return Optional.ofNullable(steps.get(step)).map(entry -> {
            Entry current = entry.at(now);
            return current.status() == entry.status() ? entry : book(current);
        });
    }

    /** Answers a step that was seen before as before, else decides it. */
    Entry step(Entry.Request request, Function<Entry.Request, Entry> authorisation, Instant now) {
        return find(request.step(), now).orElseGet(() -> {
            Optional<Entry> authorised = find(Step.AUTHORISE, now);
            if (request.step() == Step.VOID) {
                authorised
                        .filter(entry -> entry.status() == Status.PENDING)
                        .ifPresent(pending -> book(Entry.declined(pending.request(), "voided")));
            }
            return book(decide(request, authorisation));
        });
    }

    private Entry book(Entry entry) {
        store.accept(entry);
        remember(entry);
        return entry;
    }

    private Entry decide(Entry.Request request, Function<Entry.Request, Entry> authorisation) {
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
        return Optional.ofNullable(steps.get(step))
                .filter(entry -> entry.status() == Status.APPROVED)
                .map(Entry::amount)
                .orElse(0L);
    }

    Totals totals(Instant now) {
        Optional<Entry> authorised = find(Step.AUTHORISE, now);
        Entry any = steps.values().iterator().next();
        return new Totals(
                paymentId,
                authorised.map(Entry::customerId).orElse(null),
                any.currency(),
                approved(Step.AUTHORISE),
                approved(Step.CAPTURE),
                approved(Step.VOID),
                approved(Step.REFUND));
    }
}
