package orderplatform.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import orderplatform.api.Money;
import orderplatform.api.Outcome;
import orderplatform.api.Rejection;
import orderplatform.api.Sku;
import orderplatform.api.StaleVersion;
import orderplatform.api.VersionCondition;
import orderplatform.api.inventory.StockCommand;
import orderplatform.api.inventory.StockEvent;
import orderplatform.api.inventory.StockLevels;
import orderplatform.api.inventory.StockRejection;
import orderplatform.api.orders.OrderId;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class StockItemTest {

    private static final Sku SKU = new Sku("85123A");
    private static final OrderId ORDER = new OrderId("536365");
    private static final OrderId OTHER = new OrderId("536366");
    private static final Instant EXPIRY = Instant.parse("2010-12-01T09:00:00Z");
    private static final Money PRICE = new Money(255, "GBP");
    private static final StockEvent.Received TEN = received("r-1", 10, new StockLevels(10, 0, 0));
    private static final StockEvent.Reserved FOUR_RESERVED =
            new StockEvent.Reserved(SKU, ORDER, 4, EXPIRY, new StockLevels(10, 4, 0));
    private static final StockEvent.Allocated FOUR_ALLOCATED =
            new StockEvent.Allocated(SKU, ORDER, 4, new StockLevels(10, 0, 4));
    private static final StockEvent.Released FOUR_RELEASED =
            new StockEvent.Released(SKU, ORDER, 4, new StockLevels(10, 0, 0));
    private static final StockEvent.Deallocated FOUR_DEALLOCATED =
            new StockEvent.Deallocated(SKU, ORDER, 4, new StockLevels(10, 0, 0));

    private final AggregateTestFixture<StockItem> fixture = new AggregateTestFixture<>(StockItem.class);

    private static StockEvent.Received received(String id, long quantity, StockLevels levels) {
        return new StockEvent.Received(SKU, id, quantity, "WHITE HANGING HEART", PRICE, levels);
    }

    private static StockCommand.Receive receive(String id, long quantity, VersionCondition ifVersion) {
        return new StockCommand.Receive(SKU, id, quantity, "WHITE HANGING HEART", PRICE, ifVersion);
    }

    private static StockCommand.Reserve reserve(OrderId order, long quantity) {
        return new StockCommand.Reserve(SKU, order, quantity, EXPIRY);
    }

    private static Outcome<StockLevels> accepted(StockLevels levels, long version) {
        return new Outcome.Accepted<>(levels, version);
    }

    private static Outcome<StockLevels> refused(Rejection rejection) {
        return new Outcome.Refused<>(rejection);
    }

    @Nested
    class ReceiveStockTest {

        @Test
        void raises_what_is_on_hand() {
            fixture.givenNoPriorActivity()
                    .when(receive("r-1", 10, null))
                    .expectEvents(TEN)
                    .expectResultMessagePayload(accepted(new StockLevels(10, 0, 0), 0));
            fixture.given(TEN)
                    .when(receive("r-2", 5, VersionCondition.version(0)))
                    .expectEvents(received("r-2", 5, new StockLevels(15, 0, 0)));
        }

        @Test
        void answers_a_repeat_without_a_new_event() {
            fixture.given(TEN)
                    .when(receive("r-1", 10, null))
                    .expectNoEvents()
                    .expectResultMessagePayload(accepted(new StockLevels(10, 0, 0), 0));
        }

        @Test
        void refuses_a_stale_version_and_more_than_it_counts() {
            fixture.given(TEN, FOUR_RESERVED)
                    .when(receive("r-2", 5, VersionCondition.version(0)))
                    .expectNoEvents()
                    .expectResultMessagePayload(refused(new StaleVersion(VersionCondition.version(0), 1L)));
            fixture.given(received("r-1", StockItem.MAX_ON_HAND, new StockLevels(StockItem.MAX_ON_HAND, 0, 0)))
                    .when(receive("r-2", 1, null))
                    .expectNoEvents()
                    .expectResultMessagePayload(
                            refused(new StockRejection.TooMany(SKU, StockItem.MAX_ON_HAND + 1, StockItem.MAX_ON_HAND)));
        }

        @Test
        void quotes_the_newest_list_price() {
            fixture.given(TEN)
                    .when(new StockCommand.Quote(SKU))
                    .expectNoEvents()
                    .expectResultMessagePayload(PRICE);
        }
    }

    @Nested
    class AdjustStockTest {

        @Test
        void corrects_the_count_it_was_made_from() {
            fixture.given(TEN)
                    .when(new StockCommand.Adjust(SKU, "a-1", 10, 7, "damaged", null))
                    .expectEvents(new StockEvent.Adjusted(SKU, "a-1", 10, 7, "damaged", new StockLevels(7, 0, 0)));
        }

        @Test
        void refuses_a_count_that_is_no_longer_so() {
            fixture.given(TEN)
                    .when(new StockCommand.Adjust(SKU, "a-1", 9, 7, "damaged", null))
                    .expectNoEvents()
                    .expectResultMessagePayload(refused(new StockRejection.OnHandChanged(SKU, 9, 10)));
        }

        @Test
        void refuses_to_take_away_what_is_promised() {
            fixture.given(TEN, FOUR_RESERVED)
                    .when(new StockCommand.Adjust(SKU, "a-1", 10, 3, "damaged", null))
                    .expectNoEvents()
                    .expectResultMessagePayload(refused(new StockRejection.PromisedToOrders(SKU, 3, 4)));
        }
    }

    @Nested
    class ReserveStockTest {

        @Test
        void holds_pieces_for_an_order() {
            fixture.given(TEN).when(reserve(ORDER, 4)).expectEvents(FOUR_RESERVED);
        }

        @Test
        void gives_the_last_piece_and_not_one_more() {
            fixture.given(TEN, FOUR_RESERVED)
                    .when(reserve(OTHER, 6))
                    .expectEvents(new StockEvent.Reserved(SKU, OTHER, 6, EXPIRY, new StockLevels(10, 10, 0)));
            fixture.given(TEN, FOUR_RESERVED)
                    .when(reserve(OTHER, 7))
                    .expectEvents(new StockEvent.ReservationRejected(SKU, OTHER, "insufficient-stock", 7, 6));
        }

        @Test
        void answers_a_repeat_without_a_new_event_whatever_became_of_the_reservation() {
            fixture.given(TEN, FOUR_RESERVED).when(reserve(ORDER, 4)).expectNoEvents();
            fixture.given(TEN, FOUR_RESERVED, FOUR_ALLOCATED)
                    .when(reserve(ORDER, 4))
                    .expectNoEvents();
            fixture.given(TEN, FOUR_RESERVED, FOUR_RELEASED)
                    .when(reserve(ORDER, 4))
                    .expectNoEvents();
            fixture.given(TEN, new StockEvent.ReservationRejected(SKU, ORDER, "insufficient-stock", 11, 10))
                    .when(reserve(ORDER, 4))
                    .expectNoEvents();
        }
    }

    @Nested
    class AllocateStockTest {

        @Test
        void turns_a_reservation_into_an_allocation_once() {
            fixture.given(TEN, FOUR_RESERVED)
                    .when(new StockCommand.Allocate(SKU, ORDER))
                    .expectEvents(FOUR_ALLOCATED);
            fixture.given(TEN, FOUR_RESERVED, FOUR_ALLOCATED)
                    .when(new StockCommand.Allocate(SKU, ORDER))
                    .expectNoEvents()
                    .expectResultMessagePayload(accepted(new StockLevels(10, 0, 4), 2));
        }

        @Test
        void refuses_to_allocate_what_is_not_held() {
            fixture.given(TEN)
                    .when(new StockCommand.Allocate(SKU, ORDER))
                    .expectNoEvents()
                    .expectResultMessagePayload(refused(new StockRejection.NotHeld(SKU, ORDER)));
        }
    }

    @Nested
    class ReleaseStockTest {

        @Test
        void gives_a_reservation_back_once() {
            fixture.given(TEN, FOUR_RESERVED)
                    .when(new StockCommand.Release(SKU, ORDER))
                    .expectEvents(FOUR_RELEASED);
            fixture.given(TEN, FOUR_RESERVED, FOUR_RELEASED)
                    .when(new StockCommand.Release(SKU, ORDER))
                    .expectNoEvents();
        }

        @Test
        void a_reservation_that_comes_after_its_release_is_not_made() {
            var refused = new StockEvent.Released(SKU, ORDER, 0, new StockLevels(10, 0, 0));
            fixture.given(TEN).when(new StockCommand.Release(SKU, ORDER)).expectEvents(refused);
            fixture.given(TEN, refused)
                    .when(new StockCommand.Release(SKU, ORDER))
                    .expectNoEvents();
            fixture.given(TEN, refused)
                    .when(new StockCommand.Reserve(SKU, ORDER, 4, EXPIRY))
                    .expectNoEvents();
        }

        @Test
        void gives_an_allocation_back_once() {
            fixture.given(TEN, FOUR_RESERVED, FOUR_ALLOCATED)
                    .when(new StockCommand.Deallocate(SKU, ORDER, 4))
                    .expectEvents(FOUR_DEALLOCATED);
            fixture.given(TEN, FOUR_RESERVED, FOUR_ALLOCATED, FOUR_DEALLOCATED)
                    .when(new StockCommand.Deallocate(SKU, ORDER, 4))
                    .expectNoEvents();
        }

        @Test
        void a_deallocation_that_overtakes_the_allocation_releases_the_reservation() {
            fixture.given(TEN, FOUR_RESERVED)
                    .when(new StockCommand.Deallocate(SKU, ORDER, 4))
                    .expectEvents(FOUR_RELEASED);
            fixture.given(TEN, FOUR_RESERVED, FOUR_RELEASED)
                    .when(new StockCommand.Allocate(SKU, ORDER))
                    .expectNoEvents();
        }
    }

    @Nested
    class GrowthTest {

        @Test
        void remembers_only_the_newest_finished_orders() {
            var memory = BoundedMemory.of(3);
            IntStream.rangeClosed(1, 5).forEach(order -> memory.put("order-" + order, order % 4));
            assertThat(IntStream.rangeClosed(1, 5).filter(order -> memory.contains("order-" + order)))
                    .containsExactly(3, 4, 5);
            assertThat(memory.get("order-5")).isEqualTo(1);
            memory.put("order-5", 2);
            assertThat(memory.get("order-5")).isEqualTo(2);
            assertThat(memory.get("order-3")).isEqualTo(3);
            assertThat(memory.get("order-1")).isEqualTo(BoundedMemory.UNKNOWN);
        }

        @Test
        void a_repeat_is_recognised_after_as_many_other_orders_as_it_remembers() {
            var history = new ArrayList<Object>(List.of(received("r-1", 100_000, new StockLevels(100_000, 0, 0))));
            for (int order = 0; order < StockItem.REMEMBERED_ORDERS; order++) {
                var id = new OrderId("order-" + order);
                history.add(new StockEvent.Reserved(SKU, id, 1, EXPIRY, new StockLevels(100_000, 1, order)));
                history.add(new StockEvent.Allocated(SKU, id, 1, new StockLevels(100_000, 0, order + 1)));
            }
            fixture.given(history).when(reserve(new OrderId("order-0"), 1)).expectNoEvents();
            var last = new OrderId("order-" + (StockItem.REMEMBERED_ORDERS - 1));
            fixture.given(history).when(new StockCommand.Allocate(SKU, last)).expectNoEvents();
        }
    }
}
