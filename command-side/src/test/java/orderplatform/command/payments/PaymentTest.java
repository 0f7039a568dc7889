package orderplatform.command.payments;

import orderplatform.api.CustomerId;
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
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PaymentTest {

    private static final OrderId ORDER = new OrderId("536365");
    private static final PaymentId ID = PaymentId.of(ORDER);
    private static final CustomerId CUSTOMER = new CustomerId("17850");
    private static final Money AMOUNT = new Money(2408, "GBP");
    private static final PaymentCommand.Cancel CANCEL = new PaymentCommand.Cancel(ID);
    private static final PaymentEvent REQUESTED = new PaymentEvent.AuthorisationRequested(ID, ORDER, CUSTOMER, AMOUNT);
    private static final PaymentEvent AUTHORISED = new PaymentEvent.Authorised(ID, ORDER, AMOUNT, "ref");
    private static final PaymentEvent DECLINED = new PaymentEvent.Declined(ID, ORDER, "insufficient-funds");
    private static final PaymentEvent CAPTURE_REQUESTED = new PaymentEvent.CaptureRequested(ID, ORDER, AMOUNT);
    private static final PaymentEvent CAPTURED = new PaymentEvent.Captured(ID, ORDER, AMOUNT, "ref");
    private static final PaymentEvent CANCELLATION = new PaymentEvent.CancellationRequested(ID, ORDER);
    private static final PaymentEvent VOID_REQUESTED = new PaymentEvent.VoidRequested(ID, ORDER, AMOUNT);
    private static final PaymentEvent VOIDED = new PaymentEvent.Voided(ID, ORDER, AMOUNT);
    private static final PaymentEvent REFUND_REQUESTED = new PaymentEvent.RefundRequested(ID, ORDER, AMOUNT);
    private static final PaymentEvent REFUNDED = new PaymentEvent.Refunded(ID, ORDER, AMOUNT);

    private final AggregateTestFixture<Payment> fixture = new AggregateTestFixture<>(Payment.class);

    private static PaymentCommand approved(PaymentStep step) {
        return new PaymentCommand.RecordOutcome(ID, step, new ProviderOutcome.Approved("ref"));
    }

    private static PaymentCommand declined(PaymentStep step) {
        return new PaymentCommand.RecordOutcome(ID, step, new ProviderOutcome.Declined("insufficient-funds"));
    }

    private static PaymentCommand unknown(PaymentStep step) {
        return new PaymentCommand.RecordOutcome(ID, step, new ProviderOutcome.Unknown());
    }

    @Nested
    class AuthoriseTest {

        @Test
        void asks_the_provider_once() {
            var authorise = new PaymentCommand.Authorise(ID, ORDER, CUSTOMER, AMOUNT);
            fixture.givenNoPriorActivity().when(authorise).expectEvents(REQUESTED);
            fixture.given(REQUESTED).when(authorise).expectNoEvents();
        }

        @Test
        void records_the_answer_once() {
            fixture.given(REQUESTED).when(approved(PaymentStep.AUTHORISE)).expectEvents(AUTHORISED);
            fixture.given(REQUESTED, AUTHORISED)
                    .when(approved(PaymentStep.AUTHORISE))
                    .expectNoEvents();
            fixture.given(REQUESTED).when(declined(PaymentStep.AUTHORISE)).expectEvents(DECLINED);
            fixture.given(REQUESTED, AUTHORISED)
                    .when(declined(PaymentStep.AUTHORISE))
                    .expectNoEvents();
        }

        @Test
        void counts_calls_that_stayed_without_an_answer() {
            var first = new PaymentEvent.OutcomeUnknown(ID, ORDER, PaymentStep.AUTHORISE, 1);
            var second = new PaymentEvent.OutcomeUnknown(ID, ORDER, PaymentStep.AUTHORISE, 2);
            fixture.given(REQUESTED).when(unknown(PaymentStep.AUTHORISE)).expectEvents(first);
            fixture.given(REQUESTED, first).when(unknown(PaymentStep.AUTHORISE)).expectEvents(second);
            fixture.given(REQUESTED, first)
                    .when(approved(PaymentStep.AUTHORISE))
                    .expectEvents(AUTHORISED);
        }
    }

    @Nested
    class CaptureTest {

        @Test
        void takes_what_is_authorised_once() {
            var capture = new PaymentCommand.Capture(ID);
            fixture.given(REQUESTED, AUTHORISED).when(capture).expectEvents(CAPTURE_REQUESTED);
            fixture.given(REQUESTED, AUTHORISED, CAPTURE_REQUESTED)
                    .when(capture)
                    .expectNoEvents();
            fixture.given(REQUESTED, AUTHORISED, CAPTURE_REQUESTED, CAPTURED)
                    .when(capture)
                    .expectNoEvents();
        }

        @Test
        void refuses_to_take_what_is_not_authorised() {
            fixture.given(REQUESTED)
                    .when(new PaymentCommand.Capture(ID))
                    .expectNoEvents()
                    .expectResultMessagePayload(new Outcome.Refused<>(
                            new PaymentRejection.NotPossible(ID, PaymentStep.CAPTURE, PaymentStatus.PENDING)));
        }

        @Test
        void can_be_declined_and_leaves_the_authorisation() {
            var captureDeclined = new PaymentEvent.CaptureDeclined(ID, ORDER, "insufficient-funds");
            fixture.given(REQUESTED, AUTHORISED, CAPTURE_REQUESTED)
                    .when(declined(PaymentStep.CAPTURE))
                    .expectEvents(captureDeclined);
            fixture.given(REQUESTED, AUTHORISED, CAPTURE_REQUESTED, captureDeclined)
                    .when(CANCEL)
                    .expectEvents(CANCELLATION, VOID_REQUESTED);
        }
    }

    @Nested
    class CancelTest {

        @Test
        void voids_what_is_authorised() {
            fixture.given(REQUESTED, AUTHORISED).when(CANCEL).expectEvents(CANCELLATION, VOID_REQUESTED);
            fixture.given(REQUESTED, AUTHORISED, CANCELLATION, VOID_REQUESTED)
                    .when(approved(PaymentStep.VOID))
                    .expectEvents(VOIDED);
        }

        @Test
        void refunds_what_is_captured() {
            fixture.given(REQUESTED, AUTHORISED, CAPTURE_REQUESTED, CAPTURED)
                    .when(CANCEL)
                    .expectEvents(CANCELLATION, REFUND_REQUESTED);
            fixture.given(REQUESTED, AUTHORISED, CAPTURE_REQUESTED, CAPTURED, CANCELLATION, REFUND_REQUESTED)
                    .when(approved(PaymentStep.REFUND))
                    .expectEvents(REFUNDED);
        }

        @Test
        void voids_an_authorisation_that_succeeds_after_the_cancellation() {
            fixture.given(REQUESTED).when(CANCEL).expectEvents(CANCELLATION);
            fixture.given(REQUESTED, CANCELLATION)
                    .when(approved(PaymentStep.AUTHORISE))
                    .expectEvents(AUTHORISED, VOID_REQUESTED);
        }

        @Test
        void refunds_a_capture_that_succeeds_after_the_cancellation() {
            fixture.given(REQUESTED, AUTHORISED, CAPTURE_REQUESTED, CANCELLATION)
                    .when(approved(PaymentStep.CAPTURE))
                    .expectEvents(CAPTURED, REFUND_REQUESTED);
        }

        @Test
        void voids_an_authorisation_that_succeeds_after_it_was_declined() {
            fixture.given(REQUESTED, DECLINED)
                    .when(approved(PaymentStep.AUTHORISE))
                    .expectEvents(AUTHORISED, CANCELLATION, VOID_REQUESTED);
        }

        @Test
        void asks_again_where_the_provider_declines_to_give_money_back() {
            fixture.given(REQUESTED, AUTHORISED, CANCELLATION, VOID_REQUESTED)
                    .when(declined(PaymentStep.VOID))
                    .expectEvents(new PaymentEvent.OutcomeUnknown(ID, ORDER, PaymentStep.VOID, 1));
        }

        @Test
        void does_nothing_twice_and_nothing_to_a_payment_that_holds_no_money() {
            fixture.given(REQUESTED, AUTHORISED, CANCELLATION, VOID_REQUESTED)
                    .when(CANCEL)
                    .expectNoEvents();
            fixture.given(REQUESTED, AUTHORISED, CANCELLATION, VOID_REQUESTED, VOIDED)
                    .when(CANCEL)
                    .expectNoEvents();
            fixture.given(REQUESTED, DECLINED).when(CANCEL).expectNoEvents();
        }
    }
}
