package orderplatform.command.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.Outcome;
import orderplatform.api.Rejection;
import orderplatform.api.Sku;
import orderplatform.api.StaleVersion;
import orderplatform.api.VersionCondition;
import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderCommand;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderLine;
import orderplatform.api.orders.OrderRejection;
import orderplatform.api.orders.OrderStatus;
import orderplatform.api.orders.RejectionReason;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {

    private static final OrderId ID = new OrderId("536365");
    private static final CustomerId CUSTOMER = new CustomerId("17850");
    private static final Contact CONTACT = new Contact("17850@customers.example", null);
    private static final Sku HEART = new Sku("85123A");
    private static final Sku LANTERN = new Sku("71053");
    private static final List<OrderLine> LINES =
            List.of(new OrderLine(HEART, 6, 255), new OrderLine(LANTERN, 2, 339), new OrderLine(HEART, 1, 200));
    private static final long SHIPPING = 450;
    private static final Money TOTAL = new Money(6 * 255 + 2 * 339 + 200 + SHIPPING, "GBP");
    private static final OrderCommand.Place PLACE =
            new OrderCommand.Place(ID, CUSTOMER, "GBP", CONTACT, LINES, SHIPPING);
    private static final OrderEvent.Placed PLACED =
            new OrderEvent.Placed(ID, CUSTOMER, CONTACT, LINES, SHIPPING, TOTAL);
    private static final RejectionReason DECLINED = RejectionReason.of(RejectionReason.PAYMENT_DECLINED, "Declined.");

    private final AggregateTestFixture<Order> fixture = new AggregateTestFixture<>(Order.class);

    private static Outcome<OrderStatus> accepted(OrderStatus status, long version) {
        return new Outcome.Accepted<>(status, version);
    }

    private static Outcome<OrderStatus> refused(Rejection rejection) {
        return new Outcome.Refused<>(rejection);
    }

    private static OrderEvent.Cancelled cancelled(boolean wasConfirmed) {
        var quantities = new TreeMap<>(Map.of(HEART, 7L, LANTERN, 2L));
        return new OrderEvent.Cancelled(ID, "changed my mind", wasConfirmed, quantities, TOTAL);
    }

    @Nested
    class PlaceOrderTest {

        @Test
        void places_an_order_at_the_sum_of_its_lines_and_the_shipping() {
            fixture.givenNoPriorActivity()
                    .when(PLACE)
                    .expectEvents(PLACED)
                    .expectResultMessagePayload(accepted(OrderStatus.PLACED, 0));
        }

        @Test
        void answers_a_repeat_without_a_new_event() {
            fixture.given(PLACED, new OrderEvent.StockAwaited(ID))
                    .when(PLACE)
                    .expectNoEvents()
                    .expectResultMessagePayload(accepted(OrderStatus.AWAITING_STOCK, 1));
        }

        @Test
        void refuses_the_same_id_with_other_content() {
            fixture.given(PLACED)
                    .when(new OrderCommand.Place(ID, CUSTOMER, "GBP", CONTACT, LINES.subList(0, 1), SHIPPING))
                    .expectNoEvents()
                    .expectResultMessagePayload(refused(new OrderRejection.IdTaken(ID)));
        }

        @Test
        void refuses_the_same_id_with_other_shipping() {
            fixture.given(PLACED)
                    .when(new OrderCommand.Place(ID, CUSTOMER, "GBP", CONTACT, LINES, 0))
                    .expectNoEvents()
                    .expectResultMessagePayload(refused(new OrderRejection.IdTaken(ID)));
        }

        @ParameterizedTest
        @ValueSource(longs = {-1, OrderCommand.Place.MAX_SHIPPING + 1})
        void charges_no_shipping_beyond_reason(long shipping) {
            assertThatThrownBy(() -> new OrderCommand.Place(ID, CUSTOMER, "GBP", null, LINES, shipping))
                    .hasMessageContaining("shipping");
        }

        @Test
        void takes_one_to_two_thousand_lines() {
            assertThat(new OrderCommand.Place(ID, CUSTOMER, "GBP", null, Collections.nCopies(2_000, LINES.get(0)), 0)
                            .lines())
                    .hasSize(2_000);
            assertThatThrownBy(() -> new OrderCommand.Place(ID, CUSTOMER, "GBP", null, List.of(), 0))
                    .hasMessageContaining("lines");
            assertThatThrownBy(() -> new OrderCommand.Place(
                            ID, CUSTOMER, "GBP", null, Collections.nCopies(2_001, LINES.get(0)), 0))
                    .hasMessageContaining("lines");
        }
    }

    @Nested
    class SettleOrderTest {

        @Test
        void confirms_once() {
            fixture.given(PLACED)
                    .when(new OrderCommand.Confirm(ID))
                    .expectEvents(new OrderEvent.Confirmed(ID))
                    .expectResultMessagePayload(accepted(OrderStatus.CONFIRMED, 1));
            fixture.given(PLACED, new OrderEvent.Confirmed(ID))
                    .when(new OrderCommand.Confirm(ID))
                    .expectNoEvents()
                    .expectResultMessagePayload(accepted(OrderStatus.CONFIRMED, 1));
        }

        @Test
        void rejects_an_open_order_with_the_reason() {
            fixture.given(PLACED)
                    .when(new OrderCommand.Reject(ID, DECLINED))
                    .expectEvents(new OrderEvent.Rejected(ID, DECLINED));
        }

        @Test
        void refuses_to_reject_what_is_confirmed_and_to_confirm_what_is_cancelled() {
            fixture.given(PLACED, new OrderEvent.Confirmed(ID))
                    .when(new OrderCommand.Reject(ID, DECLINED))
                    .expectNoEvents()
                    .expectResultMessagePayload(refused(
                            new OrderRejection.IllegalTransition(ID, OrderStatus.CONFIRMED, OrderStatus.REJECTED)));
            fixture.given(PLACED, cancelled(false))
                    .when(new OrderCommand.Confirm(ID))
                    .expectNoEvents()
                    .expectResultMessagePayload(refused(
                            new OrderRejection.IllegalTransition(ID, OrderStatus.CANCELLED, OrderStatus.CONFIRMED)));
        }
    }

    @Nested
    class CancelOrderTest {

        private final OrderCommand.Cancel cancel = new OrderCommand.Cancel(ID, "changed my mind", null);

        @Test
        void cancels_an_open_order_and_says_what_to_give_back() {
            fixture.given(PLACED, new OrderEvent.StockAwaited(ID))
                    .when(cancel)
                    .expectEvents(cancelled(false))
                    .expectResultMessagePayload(accepted(OrderStatus.CANCELLED, 2));
        }

        @Test
        void cancels_a_confirmed_order() {
            fixture.given(PLACED, new OrderEvent.Confirmed(ID)).when(cancel).expectEvents(cancelled(true));
        }

        @Test
        void refuses_to_cancel_a_rejected_or_cancelled_order() {
            fixture.given(PLACED, new OrderEvent.Rejected(ID, DECLINED))
                    .when(cancel)
                    .expectNoEvents()
                    .expectResultMessagePayload(refused(
                            new OrderRejection.IllegalTransition(ID, OrderStatus.REJECTED, OrderStatus.CANCELLED)));
            fixture.given(PLACED, cancelled(false))
                    .when(cancel)
                    .expectNoEvents()
                    .expectResultMessagePayload(refused(
                            new OrderRejection.IllegalTransition(ID, OrderStatus.CANCELLED, OrderStatus.CANCELLED)));
        }

        @Test
        void refuses_a_decision_made_on_an_old_version() {
            fixture.given(PLACED, new OrderEvent.StockAwaited(ID))
                    .when(new OrderCommand.Cancel(ID, "changed my mind", VersionCondition.version(0)))
                    .expectNoEvents()
                    .expectResultMessagePayload(refused(new StaleVersion(VersionCondition.version(0), 1L)));
            fixture.given(PLACED, new OrderEvent.StockAwaited(ID))
                    .when(new OrderCommand.Cancel(ID, "changed my mind", VersionCondition.version(1)))
                    .expectEvents(cancelled(false));
        }
    }
}
