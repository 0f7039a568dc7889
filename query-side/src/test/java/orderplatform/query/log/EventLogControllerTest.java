package orderplatform.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.query.Events;
import orderplatform.query.QuerySideTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@QuerySideTest
class EventLogControllerTest {

    @Autowired
    Events events;

    @Autowired
    MockMvcTester http;

    @Test
    void reads_a_stream_in_slices() {
        OrderId orderId = Events.orderId();
        long head = events.append(
                orderId.stream(),
                0,
                Events.placed(orderId, "17850", null),
                new OrderEvent.StockAwaited(orderId),
                new OrderEvent.PaymentAwaited(orderId));

        assertThat(http.get().uri("/api/events?stream={s}&limit=2", orderId.stream()))
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"events":[{"type":"order.placed"},{"type":"order.stock-awaited"}],"next":%d}""".formatted(head - 1));
        assertThat(http.get().uri("/api/events?stream={s}&after={a}", orderId.stream(), head - 1))
                .bodyJson()
                .isLenientlyEqualTo("""
                        {"events":[{"type":"order.payment-awaited"}],"next":%d}""".formatted(head));
        assertThat(http.get().uri("/api/events?after={a}", head + 7)).bodyJson().isLenientlyEqualTo("""
                        {"events":[],"next":%d}""".formatted(
                        head + 7));
    }

    @ParameterizedTest
    @CsvSource({"limit,0", "limit,1001", "after,-2", "type,order.unheard-of"})
    void a_bad_filter_is_named(String field, String value) {
        var answer = http.get().uri("/api/events?{f}={v}", field, value).exchange();

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
    }
}
