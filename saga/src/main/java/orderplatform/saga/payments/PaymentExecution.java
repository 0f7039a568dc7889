package orderplatform.saga.payments;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.payments.PaymentEvent;
import orderplatform.api.payments.PaymentId;
import orderplatform.api.payments.PaymentStep;
import orderplatform.api.payments.ProviderOutcome;
import orderplatform.eventstore.saga.SagaProgress;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.deadline.DeadlineManager;
import org.axonframework.deadline.annotation.DeadlineHandler;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.axonframework.spring.stereotype.Saga;
import org.jspecify.annotations.NullUnmarked;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * One payment's dealings with the provider.
 *
 * <pre>
 * a step is requested          call the provider after the commit, record the outcome
 * the outcome is unknown       wait, then ask what became of the step
 * there is no outcome in time  the same: the node that was to call may be gone
 * the provider never saw it    call again with the same key; a cancelled authorisation is voided instead
 * declined, captured, voided or refunded: done
 * </pre>
 *
 * <p>A step is called for at least once, each time with the same key: its deadline is stored with the request for it, and goes off
 * on any node unless an outcome is recorded.
 */
@Saga
@ProcessingGroup(PaymentExecution.PROCESSOR)
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@NullUnmarked
public class PaymentExecution implements SagaProgress {

    public static final String PROCESSOR = "payments";

    private static final String ASK = "ask-provider";

    @Autowired
    private transient ProviderCalls calls;

    @Autowired
    private transient DeadlineManager deadlines;

    @Autowired
    private transient PaymentSettings settings;

    private PaymentId paymentId;
    private CustomerId customerId;
    private Money amount;
    private PaymentStep step;
    private boolean cancelled;
    private boolean answered;
    private int attempt;
    private String scheduled;

    @StartSaga
    @SagaEventHandler(associationProperty = "paymentId")
    public void on(PaymentEvent.StepRequested event) {
        paymentId = event.paymentId();
        amount = event.amount();
        step = event.step();
        answered = false;
        attempt = 0;
        if (event instanceof PaymentEvent.AuthorisationRequested requested) {
            customerId = requested.customerId();
        }
        record(step, () -> execute(step));
    }

    @SagaEventHandler(associationProperty = "paymentId")
    public void on(PaymentEvent.CancellationRequested event) {
        cancelled = true;
    }

    @SagaEventHandler(associationProperty = "paymentId")
    public void on(PaymentEvent.OutcomeUnknown event) {
        if (event.step() == step && !answered) {
            askAfter(settings.pause(event.attempt()));
        }
    }

    @DeadlineHandler(deadlineName = ASK)
    public void ask(PaymentStep asked) {
        scheduled = null;
        if (asked == step && !answered) {
            record(asked, () -> calls.provider().find(paymentId, asked).orElseGet(() -> neverSeen(asked)));
        }
    }

    private ProviderOutcome neverSeen(PaymentStep unseen) {
        if (unseen == PaymentStep.AUTHORISE && cancelled) {
            return execute(PaymentStep.VOID) instanceof ProviderOutcome.Approved
                    ? new ProviderOutcome.Declined("cancelled")
                    : new ProviderOutcome.Unknown();
        }
        return execute(unseen);
    }

    @SagaEventHandler(associationProperty = "paymentId")
    public void on(PaymentEvent.Authorised event) {
        answered();
    }

    @SagaEventHandler(associationProperty = "paymentId")
    public void on(PaymentEvent.CaptureDeclined event) {
        answered();
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "paymentId")
    public void on(PaymentEvent.Declined event) {
        answered();
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "paymentId")
    public void on(PaymentEvent.Captured event) {
        answered();
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "paymentId")
    public void on(PaymentEvent.Voided event) {
        answered();
    }

    @EndSaga
    @SagaEventHandler(associationProperty = "paymentId")
    public void on(PaymentEvent.Refunded event) {
        answered();
    }

    private void answered() {
        answered = true;
        unschedule();
    }

    private void askAfter(Duration wait) {
        unschedule();
        scheduled = deadlines.schedule(wait, ASK, step);
    }

    private void unschedule() {
        if (scheduled != null) {
            deadlines.cancelSchedule(ASK, scheduled);
            scheduled = null;
        }
    }

    @Override
    public String waitingFor() {
        return "provider";
    }

    @Override
    public Instant since() {
        return null;
    }

    private ProviderOutcome execute(PaymentStep wanted) {
        return calls.provider().execute(paymentId, wanted, amount, customerId);
    }

    private void record(PaymentStep asked, Supplier<ProviderOutcome> call) {
        askAfter(settings.patience(++attempt));
        calls.record(paymentId, asked, call);
    }
}
