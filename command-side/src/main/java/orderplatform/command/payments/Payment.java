package orderplatform.command.payments;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import orderplatform.api.Money;
import orderplatform.api.Outcome;
import orderplatform.api.orders.OrderId;
import orderplatform.api.payments.PaymentCommand;
import orderplatform.api.payments.PaymentEvent;
import orderplatform.api.payments.PaymentId;
import orderplatform.api.payments.PaymentRejection;
import orderplatform.api.payments.PaymentStatus;
import orderplatform.api.payments.PaymentStep;
import orderplatform.api.payments.ProviderOutcome;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.NullUnmarked;

/**
 * The money side of one order. It knows which step the provider was asked for and has not answered; a cancellation in
 * the meantime is carried out when the answer comes.
 */
@Aggregate
@NullUnmarked
class Payment {

    @AggregateIdentifier
    private String stream;

    private PaymentId paymentId;
    private OrderId orderId;
    private Money amount;
    private PaymentStatus status;
    private PaymentStep unanswered;
    private int attempts;
    private boolean cancelled;

    Payment() {}

    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    Outcome<PaymentStatus> handle(PaymentCommand.Authorise command) {
        if (status == null) {
            apply(new PaymentEvent.AuthorisationRequested(
                    command.paymentId(), command.orderId(), command.customerId(), command.amount()));
        }
        return accepted();
    }

    @EventSourcingHandler
    void on(PaymentEvent.AuthorisationRequested event) {
        stream = event.paymentId().stream();
        paymentId = event.paymentId();
        orderId = event.orderId();
        amount = event.amount();
        status = PaymentStatus.PENDING;
        ask(event.step());
    }

    @CommandHandler
    Outcome<PaymentStatus> handle(PaymentCommand.Capture command) {
        if (status == PaymentStatus.CAPTURED || unanswered == PaymentStep.CAPTURE) {
            return accepted();
        }
        if (status != PaymentStatus.AUTHORISED || cancelled) {
            return new Outcome.Refused<>(new PaymentRejection.NotPossible(paymentId, PaymentStep.CAPTURE, status));
        }
        apply(new PaymentEvent.CaptureRequested(paymentId, orderId, amount));
        return accepted();
    }

    @EventSourcingHandler
    void on(PaymentEvent.CaptureRequested event) {
        ask(event.step());
    }

    @CommandHandler
    Outcome<PaymentStatus> handle(PaymentCommand.Cancel command) {
        if (!cancelled && (unanswered != null || holdsMoney())) {
            apply(new PaymentEvent.CancellationRequested(paymentId, orderId));
            giveBack();
        }
        return accepted();
    }

    private boolean holdsMoney() {
        return status == PaymentStatus.AUTHORISED || status == PaymentStatus.CAPTURED;
    }

    private void giveBack() {
        if (!cancelled || unanswered != null) {
            return;
        }
        if (status == PaymentStatus.AUTHORISED) {
            apply(new PaymentEvent.VoidRequested(paymentId, orderId, amount));
        } else if (status == PaymentStatus.CAPTURED) {
            apply(new PaymentEvent.RefundRequested(paymentId, orderId, amount));
        }
    }

    @EventSourcingHandler
    void on(PaymentEvent.CancellationRequested event) {
        cancelled = true;
    }

    @EventSourcingHandler
    void on(PaymentEvent.VoidRequested event) {
        ask(event.step());
    }

    @EventSourcingHandler
    void on(PaymentEvent.RefundRequested event) {
        ask(event.step());
    }

    @CommandHandler
    Outcome<PaymentStatus> handle(PaymentCommand.RecordOutcome command) {
        if (unanswered == command.step()) {
            settle(command.step(), command.outcome());
        } else if (isLateSuccess(command)) {
            undoLateSuccess(((ProviderOutcome.Approved) command.outcome()).reference());
        }
        return accepted();
    }

    private void settle(PaymentStep step, ProviderOutcome outcome) {
        switch (outcome) {
            case ProviderOutcome.Approved(var reference) -> approved(step, reference);
            case ProviderOutcome.Declined(var reason) -> declined(step, reason);
            case ProviderOutcome.Unknown() -> unknown(step);
        }
        giveBack();
    }

    private void approved(PaymentStep step, String reference) {
        apply(
                switch (step) {
                    case AUTHORISE -> new PaymentEvent.Authorised(paymentId, orderId, amount, reference);
                    case CAPTURE -> new PaymentEvent.Captured(paymentId, orderId, amount, reference);
                    case VOID -> new PaymentEvent.Voided(paymentId, orderId, amount);
                    case REFUND -> new PaymentEvent.Refunded(paymentId, orderId, amount);
                });
    }

    /** Money must not stay with the provider because it declined to give it back once: the platform asks again. */
    private void declined(PaymentStep step, String reason) {
        switch (step) {
            case AUTHORISE -> apply(new PaymentEvent.Declined(paymentId, orderId, reason));
            case CAPTURE -> apply(new PaymentEvent.CaptureDeclined(paymentId, orderId, reason));
            case VOID, REFUND -> unknown(step);
        }
    }

    private void unknown(PaymentStep step) {
        apply(new PaymentEvent.OutcomeUnknown(paymentId, orderId, step, attempts + 1));
    }

    private boolean isLateSuccess(PaymentCommand.RecordOutcome command) {
        return command.step() == PaymentStep.AUTHORISE
                && command.outcome() instanceof ProviderOutcome.Approved
                && status == PaymentStatus.DECLINED;
    }

    private void undoLateSuccess(String reference) {
        apply(new PaymentEvent.Authorised(paymentId, orderId, amount, reference));
        if (!cancelled) {
            apply(new PaymentEvent.CancellationRequested(paymentId, orderId));
        }
        giveBack();
    }

    @EventSourcingHandler
    void on(PaymentEvent.Authorised event) {
        answered(PaymentStatus.AUTHORISED);
    }

    @EventSourcingHandler
    void on(PaymentEvent.Declined event) {
        answered(PaymentStatus.DECLINED);
    }

    @EventSourcingHandler
    void on(PaymentEvent.Captured event) {
        answered(PaymentStatus.CAPTURED);
    }

    @EventSourcingHandler
    void on(PaymentEvent.CaptureDeclined event) {
        answered(PaymentStatus.AUTHORISED);
    }

    @EventSourcingHandler
    void on(PaymentEvent.Voided event) {
        answered(PaymentStatus.VOIDED);
    }

    @EventSourcingHandler
    void on(PaymentEvent.Refunded event) {
        answered(PaymentStatus.REFUNDED);
    }

    @EventSourcingHandler
    void on(PaymentEvent.OutcomeUnknown event) {
        attempts = event.attempt();
    }

    private void ask(PaymentStep step) {
        unanswered = step;
        attempts = 0;
    }

    private void answered(PaymentStatus now) {
        status = now;
        unanswered = null;
    }

    private Outcome<PaymentStatus> accepted() {
        return new Outcome.Accepted<>(status, getVersion());
    }
}
