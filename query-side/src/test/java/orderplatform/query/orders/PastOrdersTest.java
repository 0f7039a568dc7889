package orderplatform.query.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.io.UnsupportedEncodingException;
import java.util.List;
import java.util.Map;
import orderplatform.api.Money;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.payments.PaymentEvent;
import orderplatform.api.payments.PaymentId;
import orderplatform.query.Events;
import orderplatform.query.QuerySideTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@QuerySideTest
class PastOrdersTest {

    private static final Money TOTAL = new Money(1869, "GBP");
    private static final int LAST = 3;

    private final OrderId orderId = Events.orderId();
    private final PaymentId paymentId = PaymentId.of(orderId);

    @Autowired
    Events events;

    @Autowired
    MockMvcTester http;

    @BeforeEach
    void liveAnOrder() {
        events.append(orderId.stream(), 0, Events.placed(orderId, "17850", null), new OrderEvent.StockAwaited(orderId));
        events.append(orderId.stream(), 2, new OrderEvent.PaymentAwaited(orderId));
        events.append(paymentId.stream(), 0, new PaymentEvent.Authorised(paymentId, orderId, TOTAL, "auth-1"));
        events.append(orderId.stream(), LAST, new OrderEvent.Confirmed(orderId));
        events.append(paymentId.stream(), 1, new PaymentEvent.Captured(paymentId, orderId, TOTAL, "capture-1"));
        events.projectedTo("orders");
    }

    private MvcTestResult order(String parameters) {
        return http.get().uri("/api/orders/{id}" + parameters, orderId.value()).exchange();
    }

    private static String body(MvcTestResult answer) throws UnsupportedEncodingException {
        return answer.getResponse().getContentAsString();
    }

    @ParameterizedTest
    @CsvSource({
        "0,PLACED,NONE,0",
        "1,AWAITING_STOCK,NONE,0",
        "2,AWAITING_PAYMENT,AUTHORISED,0",
        "3,CONFIRMED,CAPTURED,1869"
    })
    void is_as_each_version_left_it_with_what_its_payment_did_before_the_next(
            int version, String status, String payment, int captured) {
        var answer = order("?asOfVersion=" + version);

        assertThat(answer).hasStatusOk().hasHeader("ETag", "\"%d\"".formatted(version));
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"status":"%s","version":%d,"payment":{"status":"%s","captured":%d}}""".formatted(status, version, payment, captured));
    }

    @Test
    void is_now_as_its_last_version_and_as_of_tomorrow() throws Exception {
        var now = timeless(order(""));

        assertThat(timeless(order("?asOfVersion=" + LAST))).isEqualTo(now);
        assertThat(timeless(order("?asOf=2999-01-01T00:00:00Z"))).isEqualTo(now);
    }

    /** The log in memory has more of a second than the table. */
    private Map<String, Object> timeless(MvcTestResult answer) throws UnsupportedEncodingException {
        Map<String, Object> order = JsonPath.read(body(answer), "$");
        order.keySet().removeAll(List.of("placedAt", "updatedAt"));
        return order;
    }

    @Test
    void is_as_it_was_at_a_time() throws Exception {
        var history = body(order("/history"));
        var awaited = JsonPath.<String>read(history, "$.events[2].recordedAt");

        var answer = order("?asOf=" + awaited);

        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"status":"AWAITING_PAYMENT","version":2,"payment":{"status":"NONE"}}""");
    }

    @ParameterizedTest
    @CsvSource({"asOfVersion=4", "asOf=2001-01-01T00:00:00Z", "asOf=2001-01-01T00:00:00-05:00"})
    void was_not_there_before_it_was_placed_nor_in_a_version_that_it_does_not_have(String parameter) {
        assertThat(order("?" + parameter))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/order-not-found");
    }

    @ParameterizedTest
    @CsvSource({
        "asOfVersion,?asOfVersion=-1",
        "asOfVersion,?asOfVersion=x",
        "asOf,?asOf=yesterday",
        "asOf,?asOf=2010-12-01",
        "asOf,?asOf=2010-12-01T00:00:00Z&asOfVersion=1",
        "from,/diff?to=1",
        "to,/diff?from=1",
        "to,/diff?from=1&to=-1"
    })
    void a_moment_that_is_none_is_named(String field, String parameters) {
        assertThat(order(parameters))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo(field);
    }

    @Test
    void tells_what_changed_from_one_version_to_another() throws Exception {
        var answer = order("/diff?from=1&to=2");

        assertThat(answer).hasStatusOk();
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"orderId":"%s","from":1,"to":2,"changes":[
                 {"field":"payment.authorised","from":0,"to":1869},
                 {"field":"payment.status","from":"NONE","to":"AUTHORISED"},
                 {"field":"position"},
                 {"field":"status","from":"AWAITING_STOCK","to":"AWAITING_PAYMENT"},
                 {"field":"updatedAt"},
                 {"field":"version","from":1,"to":2}]}""".formatted(orderId));
        assertThat(order("/diff?from=1&to=1"))
                .bodyJson()
                .extractingPath("$.changes")
                .asArray()
                .isEmpty();
        assertThat(order("/diff?from=1&to=4")).hasStatus(404);
    }
}
