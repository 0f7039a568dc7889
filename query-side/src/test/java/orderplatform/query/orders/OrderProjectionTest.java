package orderplatform.query.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.Sku;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderStatus;
import orderplatform.api.orders.OrderView;
import orderplatform.api.orders.RejectionReason;
import orderplatform.api.payments.PaymentEvent;
import orderplatform.api.payments.PaymentId;
import orderplatform.api.payments.PaymentStatus;
import orderplatform.api.payments.PaymentStep;
import orderplatform.query.Events;
import orderplatform.query.Handling;
import orderplatform.query.QuerySideTest;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.core.StringRedisTemplate;

@QuerySideTest
class OrderProjectionTest {

    private static final Money TOTAL = new Money(1869, "GBP");

    private final OrderId orderId = Events.orderId();
    private final PaymentId paymentId = PaymentId.of(orderId);

    @Autowired
    Events events;

    @Autowired
    OrderProjection projection;

    @Autowired
    OrderRows rows;

    @Autowired
    Handling handling;

    @Autowired
    StringRedisTemplate redis;

    private OrderView view() {
        events.projectedTo("orders");
        return rows.findById(orderId.value()).orElseThrow().view();
    }

    @Test
    void shows_a_placed_order_with_its_lines_and_no_payment() {
        long position = events.append(orderId.stream(), 0, Events.placed(orderId, "17850", null));

        OrderView order = view();

        assertThat(order.status()).isEqualTo(OrderStatus.PLACED);
        assertThat(order.customerId()).isEqualTo(new CustomerId("17850"));
        assertThat(order.total()).isEqualTo(1869);
        assertThat(order.lines())
                .containsExactly(
                        new OrderView.Line(new Sku("85123A"), 6, 255, 1530),
                        new OrderView.Line(new Sku("71053"), 1, 339, 339));
        assertThat(order.payment()).isEqualTo(OrderView.Payment.NONE);
        assertThat(order.version()).isZero();
        assertThat(order.position()).isEqualTo(position);
    }

    @Test
    void follows_an_order_and_its_payment_to_the_end() {
        events.append(
                orderId.stream(),
                0,
                Events.placed(orderId, "17850", null),
                new OrderEvent.StockAwaited(orderId),
                new OrderEvent.PaymentAwaited(orderId));
        events.append(
                paymentId.stream(),
                0,
                new PaymentEvent.AuthorisationRequested(paymentId, orderId, new CustomerId("17850"), TOTAL));
        assertThat(view().payment().status()).isEqualTo(PaymentStatus.PENDING);
        assertThat(view().status()).isEqualTo(OrderStatus.AWAITING_PAYMENT);

        events.append(
                paymentId.stream(),
                1,
                new PaymentEvent.OutcomeUnknown(paymentId, orderId, PaymentStep.AUTHORISE, 1),
                new PaymentEvent.Authorised(paymentId, orderId, TOTAL, "ref"));
        events.append(orderId.stream(), 3, new OrderEvent.Confirmed(orderId));
        assertThat(view().payment()).isEqualTo(new OrderView.Payment(PaymentStatus.AUTHORISED, 1869, 0, 0));
        assertThat(view().status()).isEqualTo(OrderStatus.CONFIRMED);
        assertThat(view().version()).isEqualTo(3);

        events.append(paymentId.stream(), 3, new PaymentEvent.Captured(paymentId, orderId, TOTAL, "ref"));
        events.append(orderId.stream(), 4, new OrderEvent.Cancelled(orderId, "no", true, new TreeMap<>(), TOTAL));
        long position = events.append(paymentId.stream(), 4, new PaymentEvent.Refunded(paymentId, orderId, TOTAL));
        assertThat(view().payment()).isEqualTo(new OrderView.Payment(PaymentStatus.REFUNDED, 1869, 1869, 1869));
        assertThat(view().status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(view().version()).isEqualTo(4);
        assertThat(view().position()).isEqualTo(position);
    }

    @Test
    void shows_why_an_order_was_rejected() {
        var reason = new RejectionReason(
                RejectionReason.INSUFFICIENT_STOCK,
                "Too little.",
                List.of(new RejectionReason.Line(new Sku("71053"), 5, 2)));
        events.append(
                orderId.stream(), 0, Events.placed(orderId, "17850", null), new OrderEvent.Rejected(orderId, reason));

        assertThat(view().status()).isEqualTo(OrderStatus.REJECTED);
        assertThat(view().rejection()).isEqualTo(reason);
    }

    @Test
    void events_that_come_again_change_nothing() {
        var placed = Events.placed(orderId, "17850", null);
        var authorised = new PaymentEvent.Authorised(paymentId, orderId, TOTAL, "ref");
        events.append(orderId.stream(), 0, placed, new OrderEvent.StockAwaited(orderId));
        events.append(paymentId.stream(), 1, authorised, new PaymentEvent.Captured(paymentId, orderId, TOTAL, "ref"));
        OrderView before = view();

        handling.together(() -> {
            var token = new GlobalSequenceTrackingToken(1_000_000);
            projection.on(placed, 0L, Instant.now(), token);
            projection.on(new OrderEvent.StockAwaited(orderId), 1L, Instant.now(), token);
            projection.on(authorised, 1L, Instant.now(), token);
        });

        assertThat(view()).isEqualTo(before);
    }

    @Test
    void an_event_of_an_order_without_a_row_is_an_error() {
        var confirmed = new OrderEvent.Confirmed(orderId);
        var token = new GlobalSequenceTrackingToken(1);
        assertThatThrownBy(() -> handling.together(() -> projection.on(confirmed, 3L, Instant.now(), token)))
                .hasMessageContaining("has no row");
    }

    @Test
    void the_cache_gets_the_last_view_of_a_transaction_when_it_has_committed() {
        handling.together(() -> {
            project(0, Events.placed(orderId, "17850", null));
            project(1, new OrderEvent.StockAwaited(orderId));
            assertThat(cached()).isNull();
        });

        assertThat(cached()).contains("\"status\":\"AWAITING_STOCK\"");
    }

    @Test
    void the_cache_gets_nothing_from_a_transaction_that_was_rolled_back() {
        assertThatThrownBy(() -> handling.together(() -> {
                    project(0, Events.placed(orderId, "17850", null));
                    throw new IllegalStateException("no commit");
                }))
                .hasMessage("no commit");

        assertThat(cached()).isNull();
    }

    private void project(long version, OrderEvent event) {
        var token = new GlobalSequenceTrackingToken(5_000_000 + rows.count() * 10 + version);
        if (event instanceof OrderEvent.Placed placed) {
            projection.on(placed, version, Instant.now(), token);
        } else {
            projection.on(event, version, Instant.now(), token);
        }
    }

    private String cached() {
        return redis.<String, String>opsForHash().get("orderplatform:orders:" + orderId, "view");
    }
}
