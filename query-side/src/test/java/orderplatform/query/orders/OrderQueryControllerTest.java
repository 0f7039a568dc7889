package orderplatform.query.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
class OrderQueryControllerTest {

    private final String customer = "c-" + UUID.randomUUID();

    @Autowired
    MockMvcTester http;

    @Autowired
    Events events;

    private OrderId place() {
        OrderId orderId = Events.orderId();
        events.append(orderId.stream(), 0, Events.placed(orderId, customer, null));
        return orderId;
    }

    @Test
    void answers_an_order_with_its_version_as_etag() {
        OrderId orderId = place();
        events.append(orderId.stream(), 1, new OrderEvent.StockAwaited(orderId));
        events.projectedTo("orders");

        var answer = http.get().uri("/api/orders/{id}", orderId.value()).exchange();

        assertThat(answer).hasStatusOk().hasHeader("ETag", "\"1\"");
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"status":"AWAITING_STOCK","currency":"GBP","total":1869,"version":1,"rejection":null,
                 "lines":[{"sku":"85123A","quantity":6,"unitPrice":255,"lineTotal":1530},{"sku":"71053"}],
                 "payment":{"status":"NONE","authorised":0,"captured":0,"refunded":0}}""");
        assertThat(answer).bodyJson().extractingPath("$.orderId").isEqualTo(orderId.value());
        assertThat(answer).bodyJson().extractingPath("$.placedAt").asString().endsWith("Z");
    }

    @ParameterizedTest
    @CsvSource({"unknown", "-malformed", "..."})
    void an_order_that_is_not_there_is_a_problem(String id) {
        assertThat(http.get().uri("/api/orders/{id}", id))
                .hasStatus(404)
                .bodyJson()
                .extractingPath("$.type")
                .isEqualTo("/problems/order-not-found");
    }

    @Test
    void pages_show_every_order_once_newest_first_though_more_are_placed_meanwhile() {
        List<String> placed =
                IntStream.range(0, 5).mapToObj(i -> place().value()).toList();
        events.projectedTo("orders");

        var seen = new ArrayList<String>();
        String cursor = "";
        do {
            var answer = http.get()
                    .uri("/api/orders?customerId={c}&limit=2" + cursor, customer)
                    .exchange();
            String body =
                    new String(answer.getResponse().getContentAsByteArray(), java.nio.charset.StandardCharsets.UTF_8);
            seen.addAll(JsonPath.<List<String>>read(body, "$.items[*].orderId"));
            String next = JsonPath.read(body, "$.nextCursor");
            cursor = next == null ? null : "&cursor=" + next;
            place();
            events.projectedTo("orders");
        } while (cursor != null);

        assertThat(seen).isEqualTo(placed.reversed());
    }

    @Test
    void filters_by_status() {
        OrderId placed = place();
        OrderId awaitingStock = place();
        events.append(awaitingStock.stream(), 1, new OrderEvent.StockAwaited(awaitingStock));
        OrderId confirmed = place();
        events.append(confirmed.stream(), 1, new OrderEvent.Confirmed(confirmed));
        events.projectedTo("orders");

        assertThat(Stream.of("PLACED", "AWAITING_STOCK", "CONFIRMED", "REJECTED")
                        .map(status -> found("customerId={c}&status={s}", customer, status)))
                .containsExactly(
                        List.of(placed.value()), List.of(awaitingStock.value()), List.of(confirmed.value()), List.of());
    }

    private List<String> found(String filters, Object... values) {
        var answer = http.get().uri("/api/orders?" + filters, values).exchange();
        return JsonPath.read(new String(answer.getResponse().getContentAsByteArray(), UTF_8), "$.items[*].orderId");
    }

    @ParameterizedTest
    @CsvSource({"limit,0", "limit,201", "cursor,!", "cursor,YQ", "customerId,-"})
    void a_bad_filter_is_named(String field, String value) {
        var answer = http.get().uri("/api/orders?{f}={v}", field, value).exchange();

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.type").isEqualTo("/problems/invalid-request");
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo(field);
    }

    @Test
    void every_filter_combination_is_served() {
        assertThat(Stream.of("", "?status=PLACED", "?customerId=a", "?customerId=a&status=PLACED&limit=200"))
                .allSatisfy(filters ->
                        assertThat(http.get().uri("/api/orders" + filters)).hasStatusOk());
    }
}
