package orderplatform.saga.payments;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.orders.OrderId;
import orderplatform.api.payments.PaymentCommand;
import orderplatform.api.payments.PaymentEvent;
import orderplatform.api.payments.PaymentId;
import orderplatform.api.payments.PaymentStep;
import orderplatform.api.payments.ProviderOutcome;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.test.saga.SagaTestFixture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.support.ExecutorServiceAdapter;

class PaymentExecutionTest {

    private static final OrderId ORDER = new OrderId("536365");
    private static final PaymentId PAYMENT = PaymentId.of(ORDER);
    private static final Money AMOUNT = new Money(2408, "GBP");
    private static final PaymentEvent AUTHORISATION =
            new PaymentEvent.AuthorisationRequested(PAYMENT, ORDER, new CustomerId("17850"), AMOUNT);
    private static final PaymentEvent UNKNOWN =
            new PaymentEvent.OutcomeUnknown(PAYMENT, ORDER, PaymentStep.AUTHORISE, 1);
    private static final ProviderOutcome APPROVED = new ProviderOutcome.Approved("ref");
    private static final PaymentSettings SETTINGS = new PaymentSettings(
            URI.create("http://127.0.0.1"), Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofMinutes(1), 4, 4);

    private final SagaTestFixture<PaymentExecution> fixture = new SagaTestFixture<>(PaymentExecution.class);
    private final ScriptedProvider provider = new ScriptedProvider();
    private boolean busy;
    private final ExecutorService threads = new ExecutorServiceAdapter(this::run);

    private void run(Runnable call) {
        if (busy) {
            throw new RejectedExecutionException("busy");
        }
        call.run();
    }

    /** Answers as it was told, and keeps what it was asked. */
    private static class ScriptedProvider implements PaymentProvider {

        private final Deque<ProviderOutcome> answers = new ArrayDeque<>();
        private final List<String> asked = new ArrayList<>();
        private Optional<ProviderOutcome> found = Optional.empty();

        @Override
        public ProviderOutcome execute(
                PaymentId paymentId, PaymentStep step, Money amount, @Nullable CustomerId customerId) {
            asked.add("execute " + step);
            return answers.isEmpty() ? APPROVED : answers.pop();
        }

        @Override
        public Optional<ProviderOutcome> find(PaymentId paymentId, PaymentStep step) {
            asked.add("find " + step);
            return found;
        }
    }

    private static PaymentCommand outcome(PaymentStep step, ProviderOutcome outcome) {
        return new PaymentCommand.RecordOutcome(PAYMENT, step, outcome);
    }

    @BeforeEach
    void resources() {
        fixture.registerResource(SETTINGS);
        var commands = fixture.registerCommandGateway(CommandGateway.class);
        fixture.registerResource(new ProviderCalls(provider, commands, Runnable::run, threads, List.of()));
    }

    @Test
    void calls_the_provider_for_each_step_and_records_its_answer() {
        fixture.givenNoPriorActivity()
                .whenPublishingA(AUTHORISATION)
                .expectDispatchedCommands(outcome(PaymentStep.AUTHORISE, APPROVED));
        fixture.whenPublishingA(new PaymentEvent.CaptureRequested(PAYMENT, ORDER, AMOUNT))
                .expectDispatchedCommands(outcome(PaymentStep.CAPTURE, APPROVED));
        assertThat(provider.asked).containsExactly("execute AUTHORISE", "execute CAPTURE");
    }

    @Test
    void asks_what_became_of_a_step_before_it_is_tried_again() {
        provider.found = Optional.of(APPROVED);
        fixture.givenAPublished(AUTHORISATION)
                .andThenAPublished(UNKNOWN)
                .whenTimeElapses(Duration.ofSeconds(1))
                .expectDispatchedCommands(outcome(PaymentStep.AUTHORISE, APPROVED));
        assertThat(provider.asked).containsExactly("execute AUTHORISE", "find AUTHORISE");
    }

    @Test
    void tries_again_what_the_provider_has_never_seen() {
        fixture.givenAPublished(AUTHORISATION)
                .andThenAPublished(UNKNOWN)
                .whenTimeElapses(Duration.ofSeconds(1))
                .expectDispatchedCommands(outcome(PaymentStep.AUTHORISE, APPROVED));
        assertThat(provider.asked).containsExactly("execute AUTHORISE", "find AUTHORISE", "execute AUTHORISE");
    }

    @Test
    void never_charges_a_cancelled_payment_that_the_provider_has_not_seen() {
        fixture.givenAPublished(AUTHORISATION)
                .andThenAPublished(UNKNOWN)
                .andThenAPublished(new PaymentEvent.CancellationRequested(PAYMENT, ORDER))
                .whenTimeElapses(Duration.ofSeconds(1))
                .expectDispatchedCommands(outcome(PaymentStep.AUTHORISE, new ProviderOutcome.Declined("cancelled")));
        assertThat(provider.asked).containsExactly("execute AUTHORISE", "find AUTHORISE", "execute VOID");
    }

    @Test
    void asks_when_there_is_no_outcome_in_time() throws Exception {
        busy = true;
        fixture.givenAPublished(AUTHORISATION)
                .whenTimeElapses(Duration.ofSeconds(2))
                .expectNoDispatchedCommands();
        busy = false;
        fixture.whenTimeElapses(Duration.ofSeconds(1))
                .expectDispatchedCommands(outcome(PaymentStep.AUTHORISE, APPROVED));
        assertThat(provider.asked).containsExactly("find AUTHORISE", "execute AUTHORISE");
    }

    @Test
    void gives_each_further_try_more_time() throws Exception {
        busy = true;
        fixture.givenAPublished(AUTHORISATION)
                .andThenTimeElapses(Duration.ofSeconds(3))
                .whenTimeElapses(Duration.ofSeconds(3))
                .expectNoDispatchedCommands();
        busy = false;
        fixture.whenTimeElapses(Duration.ofSeconds(1))
                .expectDispatchedCommands(outcome(PaymentStep.AUTHORISE, APPROVED));
    }

    @Test
    void does_not_ask_once_it_is_answered() {
        fixture.givenAPublished(AUTHORISATION)
                .andThenAPublished(UNKNOWN)
                .andThenAPublished(new PaymentEvent.Authorised(PAYMENT, ORDER, AMOUNT, "ref"))
                .whenTimeElapses(Duration.ofSeconds(1))
                .expectNoDispatchedCommands();
    }

    @Test
    void asks_less_and_less_often() {
        assertThat(List.of(1, 2, 3, 6, 7, 60).stream().map(SETTINGS::pause))
                .extracting(Duration::toSeconds)
                .containsExactly(1L, 2L, 4L, 32L, 60L, 60L);
    }

    @Test
    void ends_when_the_money_is_where_it_belongs() {
        fixture.givenAPublished(AUTHORISATION)
                .whenPublishingA(new PaymentEvent.Captured(PAYMENT, ORDER, AMOUNT, "ref"))
                .expectActiveSagas(0);
        fixture.whenPublishingA(new PaymentEvent.RefundRequested(PAYMENT, ORDER, AMOUNT))
                .expectActiveSagas(1);
        fixture.whenPublishingA(new PaymentEvent.Refunded(PAYMENT, ORDER, AMOUNT))
                .expectActiveSagas(0);
    }
}
