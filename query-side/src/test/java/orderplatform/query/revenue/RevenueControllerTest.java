package orderplatform.query.revenue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.jayway.jsonpath.JsonPath;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.Sku;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.api.orders.OrderLine;
import orderplatform.query.Events;
import orderplatform.query.QuerySideTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@QuerySideTest
class RevenueControllerTest {

    private final String sku = "SKU-" + UUID.randomUUID();
    private final LocalDate today = LocalDate.now(ZoneOffset.UTC);

    @Autowired
    MockMvcTester http;

    @Autowired
    Events events;

    private OrderId confirmed(String currency, int quantity) {
        OrderId orderId = Events.orderId();
        var lines = List.of(new OrderLine(new Sku(sku), quantity, 255), new OrderLine(new Sku(sku), 1, 100));
        var total = new Money(quantity * 255L + 100, currency);
        events.append(
                orderId.stream(),
                0,
                new OrderEvent.Placed(orderId, new CustomerId("17850"), null, lines, 0, total),
                new OrderEvent.Confirmed(orderId));
        return orderId;
    }

    private String revenue(String more) throws Exception {
        events.projectedTo("revenue");
        var uri = "/api/revenue?from=%s&to=%s&sku=%s%s".formatted(today.minusDays(1), today.plusDays(1), sku, more);
        var answer = http.get().uri(uri).exchange();
        assertThat(answer).hasStatusOk();
        return answer.getResponse().getContentAsString(UTF_8);
    }

    @Test
    void sums_up_what_confirmed_orders_bring_in_by_currency() throws Exception {
        confirmed("GBP", 2);
        confirmed("GBP", 3);
        confirmed("EUR", 1);

        var answer = revenue("");

        assertThat(JsonPath.<List<Object>>read(answer, "$.items[*].[\"currency\",\"quantity\",\"amount\"]")
                        .toString())
                .isEqualTo("""
                        [{"currency":"EUR","quantity":2,"amount":355},{"currency":"GBP","quantity":7,"amount":1475}]""");
        assertThat(JsonPath.<List<Integer>>read(answer, "$.sums[*].amount")).containsExactly(355, 1475);
        assertThat(JsonPath.<Object>read(answer, "$.nextCursor")).isNull();
    }

    @Test
    void goes_on_where_a_page_ended_with_the_sums_of_all() throws Exception {
        confirmed("GBP", 2);
        confirmed("EUR", 1);

        var first = revenue("&limit=1");
        var second = revenue("&limit=1&cursor=" + JsonPath.read(first, "$.nextCursor"));

        assertThat(JsonPath.<List<String>>read(first, "$.items[*].currency")).containsExactly("EUR");
        assertThat(JsonPath.<List<String>>read(second, "$.items[*].currency")).containsExactly("GBP");
        assertThat(JsonPath.<List<Integer>>read(second, "$.sums[*].amount")).containsExactly(355, 610);
        assertThat(JsonPath.<Object>read(second, "$.nextCursor")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "to=2026-01-31, from",
        "from=2026-01-31, to",
        "from=yesterday&to=2026-01-31, from",
        "from=2026-02-01&to=2026-01-31, to",
        "from=2025-01-01&to=2026-01-31, to",
        "from=2026-01-31&to=2026-01-31&limit=201, limit",
        "from=2026-01-31&to=2026-01-31&sku=-, sku",
        "from=2026-01-31&to=2026-01-31&cursor=x, cursor"
    })
    void a_parameter_that_makes_no_sense_is_named(String parameters, String field) {
        assertThat(http.get().uri("/api/revenue?" + parameters))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo(field);
    }
}
