package orderplatform.query.history;

import static org.assertj.core.api.Assertions.assertThat;

import orderplatform.api.orders.Contact;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.payments.PaymentEvent;
import orderplatform.api.payments.PaymentId;
import orderplatform.query.Events;
import orderplatform.query.QuerySideTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@QuerySideTest
class HistoryTest {

    private final OrderId orderId = Events.orderId();

    @Autowired
    Events events;

    @Autowired
    MockMvcTester http;

    @Test
    void tells_every_event_of_the_order_oldest_first_with_who_and_why() {
        events.append(orderId.stream(), 0, Events.placed(orderId, "17850", new Contact("a@b.example", null)));
        var paymentId = PaymentId.of(orderId);
        events.append(paymentId.stream(), 0, new PaymentEvent.Declined(paymentId, orderId, "no"));
        long position = events.append(orderId.stream(), 1, new OrderEvent.StockAwaited(orderId));

        var answer = http.get()
                .uri("/api/orders/{id}/history", orderId.value())
                .header("Consistency-Token", String.valueOf(position))
                .exchange();

        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"events":[
                 {"version":0,"type":"order.placed","data":{"customerId":"17850","total":{"amount":1869}},
                  "metadata":{"correlationId":"corr-1","causationId":"cause-1","actor":"shop"}},
                 {"version":1,"type":"order.stock-awaited","position":%d}]}""".formatted(position));
        assertThat(answer).bodyJson().doesNotHavePath("$.events[0].metadata.traceId");
        assertThat(answer)
                .bodyJson()
                .extractingPath("$.events[0].recordedAt")
                .asString()
                .endsWith("Z");
    }

    @Test
    void an_order_that_is_not_there_has_no_history() {
        assertThat(http.get().uri("/api/orders/unknown/history"))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/order-not-found");
        assertThat(http.get().uri("/api/orders/-/history")).hasStatus(404);
    }
}
