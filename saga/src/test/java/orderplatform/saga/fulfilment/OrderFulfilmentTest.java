package orderplatform.saga.fulfilment;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.Sku;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockLevels;
import orderplatform.api.orders.OrderCommand;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderLine;
import orderplatform.api.orders.RejectionReason;
import orderplatform.api.payments.PaymentCommand;
import orderplatform.api.payments.PaymentEvent;
import orderplatform.api.payments.PaymentId;
import org.axonframework.test.saga.SagaTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderFulfilmentTest {

    private static final OrderId ORDER = new OrderId("536365");
    private static final PaymentId PAYMENT = PaymentId.of(ORDER);
    private static final CustomerId CUSTOMER = new CustomerId("17850");
    private static final Sku HEART = new Sku("85123A");
    private static final Sku LANTERN = new Sku("71053");
    private static final Money TOTAL = new Money(2408, "GBP");
    private static final Instant NOON = Instant.parse("2010-12-01T12:00:00Z");
    private static final Instant EXPIRY = Instant.parse("2010-12-01T12:15:00Z");
    private static final FulfilmentDeadlines WAITS =
            new FulfilmentDeadlines(Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMinutes(15));

    private static final OrderEvent.Placed PLACED = placed(TOTAL);
    private static final StockEvent HEART_RESERVED =
            new StockEvent.Reserved(HEART, ORDER, 7, EXPIRY, new StockLevels(10, 7, 0));
    private static final StockEvent LANTERN_RESERVED =
            new StockEvent.Reserved(LANTERN, ORDER, 2, EXPIRY, new StockLevels(10, 2, 0));
    private static final StockEvent LANTERN_SHORT =
            new StockEvent.ReservationRejected(LANTERN, ORDER, RejectionReason.INSUFFICIENT_STOCK, 2, 1);
    private static final PaymentEvent AUTHORISED = new PaymentEvent.Authorised(PAYMENT, ORDER, TOTAL, "ref");
    private static final OrderEvent CONFIRMED = new OrderEvent.Confirmed(ORDER);
    private static final RejectionReason TIMEOUT =
            RejectionReason.of(RejectionReason.PAYMENT_TIMEOUT, "The payment provider did not answer in time.");

    private final SagaTestFixture<OrderFulfilment> fixture = new SagaTestFixture<>(OrderFulfilment.class);

    private static OrderEvent.Placed placed(Money total) {
        return new OrderEvent.Placed(
                ORDER,
                CUSTOMER,
                null,
                List.of(new OrderLine(HEART, 6, 255), new OrderLine(LANTERN, 2, 339), new OrderLine(HEART, 1, 200)),
                0,
                total);
    }

    private static OrderEvent.Cancelled cancelled(boolean wasConfirmed) {
        return new OrderEvent.Cancelled(
                ORDER, "changed my mind", wasConfirmed, new TreeMap<>(Map.of(HEART, 7L, LANTERN, 2L)), TOTAL);
    }

    @BeforeEach
    void resources() {
        fixture.registerResource(WAITS);
        fixture.registerResource(new Settlements(new SimpleMeterRegistry(), Runnable::run));
        fixture.givenCurrentTime(NOON);
    }

    @Test
    void reserves_every_sku_of_a_placed_order_once_whatever_its_lines() {
        fixture.givenNoPriorActivity()
                .whenPublishingA(PLACED)
                .expectActiveSagas(1)
                .expectDispatchedCommands(
                        new StockCommand.Reserve(LANTERN, ORDER, 2, EXPIRY),
                        new StockCommand.Reserve(HEART, ORDER, 7, EXPIRY))
                .expectScheduledDeadlineWithName(WAITS.stock(), FulfilmentDeadlines.STOCK)
                .expectScheduledDeadlineWithName(WAITS.reservation(), FulfilmentDeadlines.RESERVATION);
    }

    @Test
    void authorises_the_payment_when_every_sku_is_reserved() {
        fixture.givenAPublished(PLACED)
                .andThenAPublished(HEART_RESERVED)
                .whenPublishingA(LANTERN_RESERVED)
                .expectDispatchedCommands(new PaymentCommand.Authorise(PAYMENT, ORDER, CUSTOMER, TOTAL))
                .expectScheduledDeadlineWithName(WAITS.payment(), FulfilmentDeadlines.PAYMENT)
                .expectNoScheduledDeadlineWithName(WAITS.stock(), FulfilmentDeadlines.STOCK);
    }

    @Test
    void waits_for_the_last_sku() {
        fixture.givenAPublished(PLACED).whenPublishingA(HEART_RESERVED).expectNoDispatchedCommands();
    }

    @Test
    void confirms_the_order_when_the_payment_is_authorised() {
        fixture.givenAPublished(PLACED)
                .andThenAPublished(HEART_RESERVED)
                .andThenAPublished(LANTERN_RESERVED)
                .whenPublishingA(AUTHORISED)
                .expectDispatchedCommands(new OrderCommand.Confirm(ORDER));
    }

    @Test
    void allocates_and_captures_when_the_order_is_confirmed() {
        fixture.givenAPublished(PLACED)
                .andThenAPublished(HEART_RESERVED)
                .andThenAPublished(LANTERN_RESERVED)
                .andThenAPublished(AUTHORISED)
                .whenPublishingA(CONFIRMED)
                .expectDispatchedCommands(
                        new StockCommand.Allocate(LANTERN, ORDER),
                        new StockCommand.Allocate(HEART, ORDER),
                        new PaymentCommand.Capture(PAYMENT))
                .expectNoScheduledDeadlines();
    }

    @Test
    void ends_when_the_payment_is_captured() {
        fixture.givenAPublished(PLACED)
                .andThenAPublished(CONFIRMED)
                .whenPublishingA(new PaymentEvent.Captured(PAYMENT, ORDER, TOTAL, "ref"))
                .expectActiveSagas(0);
    }

    @Test
    void confirms_an_order_for_nothing_without_a_payment() {
        var free = placed(Money.zero("GBP"));
        fixture.givenAPublished(free)
                .andThenAPublished(HEART_RESERVED)
                .whenPublishingA(LANTERN_RESERVED)
                .expectDispatchedCommands(new OrderCommand.Confirm(ORDER));
        fixture.whenPublishingA(CONFIRMED).expectActiveSagas(0);
    }

    @Test
    void rejects_the_order_with_every_sku_that_is_short_when_all_have_answered() {
        fixture.givenAPublished(PLACED).whenPublishingA(LANTERN_SHORT).expectNoDispatchedCommands();
        fixture.whenPublishingA(HEART_RESERVED)
                .expectDispatchedCommands(new OrderCommand.Reject(
                        ORDER,
                        new RejectionReason(
                                RejectionReason.INSUFFICIENT_STOCK,
                                "Not every SKU can be had.",
                                List.of(new RejectionReason.Line(LANTERN, 2, 1)))));
    }

    @Test
    void names_an_unknown_sku() {
        fixture.givenAPublished(PLACED)
                .andThenAPublished(HEART_RESERVED)
                .whenPublishingA(new StockEvent.ReservationRejected(LANTERN, ORDER, RejectionReason.UNKNOWN_SKU, 2, 0))
                .expectDispatchedCommands(new OrderCommand.Reject(
                        ORDER,
                        new RejectionReason(
                                RejectionReason.UNKNOWN_SKU,
                                "Not every SKU is known.",
                                List.of(new RejectionReason.Line(LANTERN, 2, 0)))));
    }

    @Test
    void rejects_the_order_when_the_payment_is_declined() {
        fixture.givenAPublished(PLACED)
                .andThenAPublished(HEART_RESERVED)
                .andThenAPublished(LANTERN_RESERVED)
                .whenPublishingA(new PaymentEvent.Declined(PAYMENT, ORDER, "insufficient-funds"))
                .expectDispatchedCommands(new OrderCommand.Reject(
                        ORDER,
                        RejectionReason.of(
                                RejectionReason.PAYMENT_DECLINED, "The payment was declined: insufficient-funds.")));
    }

    @Test
    void rejects_the_order_when_the_stock_does_not_answer_in_time() {
        fixture.givenAPublished(PLACED)
                .andThenAPublished(HEART_RESERVED)
                .whenTimeElapses(WAITS.stock())
                .expectDispatchedCommands(new OrderCommand.Reject(
                        ORDER, RejectionReason.of(RejectionReason.STOCK_TIMEOUT, "The stock did not answer in time.")));
    }

    @Test
    void rejects_the_order_when_the_payment_is_not_authorised_in_time() {
        fixture.givenAPublished(PLACED)
                .andThenAPublished(HEART_RESERVED)
                .andThenAPublished(LANTERN_RESERVED)
                .whenTimeElapses(WAITS.payment())
                .expectDispatchedCommands(new OrderCommand.Reject(ORDER, TIMEOUT));
    }

    @Test
    void rejects_the_order_when_the_reservation_expires() throws Exception {
        fixture.givenAPublished(PLACED)
                .andThenAPublished(HEART_RESERVED)
                .andThenAPublished(LANTERN_RESERVED)
                .andThenTimeElapses(WAITS.payment())
                .whenTimeAdvancesTo(EXPIRY)
                .expectDispatchedCommands(new OrderCommand.Reject(
                        ORDER,
                        RejectionReason.of(
                                RejectionReason.RESERVATION_EXPIRED, "The reservation of the stock expired.")));
    }

    @Test
    void gives_back_the_money_first_and_the_stock_then_when_the_order_is_rejected() {
        fixture.givenAPublished(PLACED)
                .andThenAPublished(HEART_RESERVED)
                .andThenAPublished(LANTERN_RESERVED)
                .whenPublishingA(new OrderEvent.Rejected(ORDER, TIMEOUT))
                .expectDispatchedCommands(
                        new PaymentCommand.Cancel(PAYMENT),
                        new StockCommand.Release(LANTERN, ORDER),
                        new StockCommand.Release(HEART, ORDER))
                .expectNoScheduledDeadlines()
                .expectActiveSagas(0);
    }

    @Test
    void gives_back_what_an_order_held_that_was_cancelled_on_its_way() {
        fixture.givenAPublished(PLACED)
                .andThenAPublished(HEART_RESERVED)
                .whenPublishingA(cancelled(false))
                .expectDispatchedCommands(
                        new StockCommand.Release(LANTERN, ORDER), new StockCommand.Release(HEART, ORDER))
                .expectNoScheduledDeadlines()
                .expectActiveSagas(0);
    }

    @Test
    void gives_back_what_an_order_held_that_was_cancelled_long_after_it_was_confirmed() {
        fixture.givenNoPriorActivity()
                .whenPublishingA(cancelled(true))
                .expectDispatchedCommands(
                        new PaymentCommand.Cancel(PAYMENT),
                        new StockCommand.Deallocate(LANTERN, ORDER, 2),
                        new StockCommand.Deallocate(HEART, ORDER, 7))
                .expectActiveSagas(0);
    }

    @Test
    void cancels_a_confirmed_order_whose_money_can_not_be_taken() {
        fixture.givenAPublished(PLACED)
                .andThenAPublished(CONFIRMED)
                .whenPublishingA(new PaymentEvent.CaptureDeclined(PAYMENT, ORDER, "expired"))
                .expectDispatchedCommands(
                        new OrderCommand.Cancel(ORDER, "The payment was not captured: expired", null));
    }
}
