package orderplatform.query.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import orderplatform.api.orders.OrderEvent;
import orderplatform.api.orders.OrderId;
import orderplatform.query.Events;
import orderplatform.query.MemoryLog;
import orderplatform.query.QuerySideTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

@QuerySideTest
class ConsistencyTokenTest {

    private static final List<String> QUERIES = List.of(
            "/api/orders/x",
            "/api/orders",
            "/api/orders/x/history",
            "/api/stock/x",
            "/api/events",
            "/api/notifications?orderId=x");

    private final OrderId orderId = Events.orderId();

    @Autowired
    Events events;

    @Autowired
    MemoryLog log;

    @Autowired
    MockMvcTester http;

    private MvcTestResult get(String uri, long token) {
        return http.get()
                .uri(uri)
                .header("Consistency-Token", String.valueOf(token))
                .exchange();
    }

    @Test
    void a_query_waits_until_the_projection_has_passed_the_token() {
        events.append(orderId.stream(), 0, Events.placed(orderId, "17850", null));
        events.projectedTo("orders");
        log.processor("orders").shutDown();
        long token = events.append(orderId.stream(), 1, new OrderEvent.StockAwaited(orderId));

        var answer = CompletableFuture.supplyAsync(() -> get("/api/orders/" + orderId, token));
        log.processor("orders").start();

        assertThat(answer.join()).bodyJson().extractingPath("$.status").isEqualTo("AWAITING_STOCK");
    }

    /** All at once, for each waits as long as it may. */
    @Test
    void a_projection_that_stays_behind_is_a_problem_to_every_query() {
        var token = log.head() + 1_000_000;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Map<String, CompletableFuture<MvcTestResult>> answers = new LinkedHashMap<>();
            QUERIES.forEach(uri -> answers.put(uri, CompletableFuture.supplyAsync(() -> get(uri, token), threads)));

            assertThat(answers).allSatisfy((uri, waiting) -> {
                var answer = waiting.join();
                assertThat(answer).hasStatus(503).hasHeader("Retry-After", "1");
                assertThat(answer).bodyJson().extractingPath("$.type").isEqualTo("/problems/projection-behind");
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"abc", "-1", "''", "1.5", "99999999999999999999"})
    void a_malformed_token_is_named(String token) {
        var answer = http.get()
                .uri("/api/stock/x")
                .header("Consistency-Token", token)
                .exchange();

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.errors[0].field").isEqualTo("Consistency-Token");
    }
}
