package orderplatform.app.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.payments.PaymentCommand;
import orderplatform.api.payments.PaymentId;
import orderplatform.api.payments.PaymentStep;
import orderplatform.api.payments.ProviderOutcome;
import orderplatform.saga.payments.PaymentProvider;
import org.jspecify.annotations.Nullable;

/**
 * The payment provider with its own ledger. It does a step once for each key; an authorisation that comes after its void
 * is declined.
 */
final class Provider implements PaymentProvider {

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(8);

    private final Scheduler scheduler;
    private final Faults faults;
    private final SplittableRandom random;
    private final Consumer<PaymentCommand.RecordOutcome> callback;
    private final boolean sameKeys;
    private final Map<String, ProviderOutcome> answers = new HashMap<>();
    private final List<Entry> ledger = new ArrayList<>();
    private int calls;

    /**
     * @param callback takes what it calls back with
     * @param sameKeys false sabotages it: each call comes with a key of its own
     */
    Provider(
            Scheduler scheduler,
            Faults faults,
            SplittableRandom random,
            Consumer<PaymentCommand.RecordOutcome> callback,
            boolean sameKeys) {
        this.scheduler = scheduler;
        this.faults = faults;
        this.random = random;
        this.callback = callback;
        this.sameKeys = sameKeys;
    }

    /** What it has done, for how much. */
    record Entry(PaymentId paymentId, PaymentStep step, long amount) {}

    List<Entry> ledger() {
        return ledger;
    }

    @Override
    public ProviderOutcome execute(
            PaymentId paymentId, PaymentStep step, Money amount, @Nullable CustomerId customerId) {
        scheduler.step("provider: %s %s".formatted(step, paymentId));
        if (faults.strikes(Fault.REQUEST_LOST)) {
            return unanswered("request lost");
        }
        if (faults.strikes(Fault.LATE_SUCCESS)) {
            scheduler.spawn(null, "provider", () -> {
                scheduler.sleep(anyDelay());
                scheduler.step("late: %s %s".formatted(step, paymentId));
                answer(paymentId, step, amount);
            });
            return unanswered("late");
        }
        if (faults.strikes(Fault.SLOW_PROVIDER)) {
            scheduler.sleep(anyDelay());
        }
        var outcome = answer(paymentId, step, amount);
        if (faults.strikes(Fault.OUTCOME_LOST)) {
            return unanswered("outcome lost");
        }
        scheduler.step("provider: " + outcome);
        return outcome;
    }

    private ProviderOutcome unanswered(String why) {
        scheduler.trace("provider: " + why);
        scheduler.sleep(Duration.ofSeconds(2));
        return new ProviderOutcome.Unknown();
    }

    private Duration anyDelay() {
        return Duration.ofMillis(random.nextLong(LONGEST_DELAY.toMillis()));
    }

    private ProviderOutcome answer(PaymentId paymentId, PaymentStep step, Money amount) {
        var key = key(paymentId, step) + (sameKeys ? "" : "-" + ++calls);
        var known = answers.get(key);
        if (known != null) {
            return known;
        }
        var outcome = decide(paymentId, step);
        answers.put(key, outcome);
        if (outcome instanceof ProviderOutcome.Approved) {
            ledger.add(new Entry(
                    paymentId,
                    step,
                    has(paymentId, PaymentStep.AUTHORISE) || step == PaymentStep.AUTHORISE ? amount.amount() : 0));
        }
        if (step != PaymentStep.VOID && faults.strikes(Fault.CALLBACK)) {
            callBack(new PaymentCommand.RecordOutcome(paymentId, step, outcome));
        }
        return outcome;
    }

    private static String key(PaymentId paymentId, PaymentStep step) {
        return paymentId + "-" + step;
    }

    private boolean has(PaymentId paymentId, PaymentStep step) {
        return ledger.stream().anyMatch(entry -> entry.paymentId().equals(paymentId) && entry.step() == step);
    }

    private ProviderOutcome decide(PaymentId paymentId, PaymentStep step) {
        var possible = switch (step) {
            case AUTHORISE -> !has(paymentId, PaymentStep.VOID) && random.nextInt(8) > 0;
            case CAPTURE ->
                has(paymentId, PaymentStep.AUTHORISE) && !has(paymentId, PaymentStep.VOID) && random.nextInt(12) > 0;
            case VOID -> !has(paymentId, PaymentStep.CAPTURE);
            case REFUND -> has(paymentId, PaymentStep.CAPTURE);
        };
        return possible
                ? new ProviderOutcome.Approved(key(paymentId, step))
                : new ProviderOutcome.Declined("not-possible");
    }

    private void callBack(PaymentCommand.RecordOutcome outcome) {
        for (int i = 0; i <= random.nextInt(2); i++) {
            scheduler.spawn(null, "provider", () -> {
                scheduler.sleep(anyDelay());
                callback.accept(outcome);
            });
        }
    }

    @Override
    public Optional<ProviderOutcome> find(PaymentId paymentId, PaymentStep step) {
        scheduler.step("provider: what became of %s %s?".formatted(step, paymentId));
        return faults.strikes(Fault.OUTCOME_LOST)
                ? Optional.of(unanswered("outcome lost"))
                : Optional.ofNullable(answers.get(key(paymentId, step)));
    }
}
