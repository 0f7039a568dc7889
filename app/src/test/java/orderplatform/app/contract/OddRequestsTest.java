package orderplatform.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import orderplatform.api.ProblemType;
import orderplatform.app.Platform;
import orderplatform.app.RawHttp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests that a well-behaved client does not send: the answer is always a problem that names what is wrong. */
@ResourceLock(Platform.SHARED)
class OddRequestsTest {

    private static final String RECEIPT = "{\"quantity\":1}";
    private static final String LINE = "{\"sku\":\"85123A\",\"quantity\":6,\"unitPrice\":255}";

    private final Platform platform = Platform.shared();
    private final RawHttp raw = new RawHttp(platform.uri("/").getPort());

    static Stream<Arguments> oddQueries() {
        var manyParameters =
                IntStream.range(0, 1_100).mapToObj(i -> "p" + i + "=1").collect(Collectors.joining("&"));
        return Stream.of(
                Arguments.of("/api/orders?customerId=%FF", "customerId"),
                Arguments.of("/api/orders?customerId=M%FCller", "customerId"),
                Arguments.of("/api/orders?customerId=%ED%A0%BC", "customerId"),
                Arguments.of("/api/orders?customerId=%zz", "customerId"),
                Arguments.of("/api/orders?customerId=%4", "customerId"),
                Arguments.of("/api/orders?status=", "status"),
                Arguments.of("/api/orders?status", "status"),
                Arguments.of("/api/orders?status=CONFIRMED&status=REJECTED", "status"),
                Arguments.of("/api/orders?stauts=CONFIRMED", "stauts"),
                Arguments.of("/api/orders?=1", "query"),
                Arguments.of("/api/orders?" + manyParameters, "query"),
                Arguments.of("/api/orders?cursor=AA", "cursor"),
                Arguments.of("/api/orders/x?asOfVersion=", "asOfVersion"),
                Arguments.of("/api/orders/x?asOf=%2B1000000000-01-01T00:00:00Z", "asOf"),
                Arguments.of("/api/orders/x/history?limit=1", "limit"),
                Arguments.of("/api/events?stream=%00", "stream"),
                Arguments.of("/api/events?stream=a%0D%0Ab", "stream"),
                Arguments.of("/api/events?stream=%E2%80%AE", "stream"),
                Arguments.of("/api/notifications?orderId=", "orderId"),
                Arguments.of("/api/revenue?from=%2B999999999-01-01&to=%2B999999999-01-02", "from"),
                Arguments.of("/api/revenue?from=-999999999-01-01&to=-999999999-01-02", "from"),
                Arguments.of("/api/revenue?from=2020-01-01&to=2020-01-02&cursor=AA", "cursor"),
                Arguments.of("/api/dead-letters?cursor=AA", "cursor"),
                Arguments.of(
                        // +1000000000-01-01T00:00:00Z/00000000-0000-0000-0000-000000000000
                        "/api/dead-letters?cursor=KzEwMDAwMDAwMDAtMDEtMDFUMDA6MDA6MDBaLzAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMA",
                        "cursor"));
    }

    @ParameterizedTest
    @MethodSource("oddQueries")
    void a_query_that_cannot_be_read_as_it_is_written_names_the_parameter(String address, String field) {
        var problem = problem(raw.get(address), ProblemType.INVALID_REQUEST);
        assertThat(problem.path("errors").path(0).path("field").asString()).isEqualTo(field);
        assertThat(problem.path("instance").asString()).isEqualTo(address.substring(0, address.indexOf('?')));
    }

    static Stream<String> oddPaths() {
        return Stream.of(
                "/api/stock/MUG-1;RED",
                "/api/orders/ID;x/history",
                "/api/orders;x",
                "/api/stock/a%2Fb",
                "/api/stock/a%5Cb",
                "/api/stock/a%3Bb",
                "/api/stock/a%00b",
                "/api/stock/a%FFb",
                "/api/stock/%zz",
                "/api/stock/a%0D%0Ab",
                "/api//stock/a",
                "/api/stock/../stock/a",
                "/api/stock/./a");
    }

    @ParameterizedTest
    @MethodSource("oddPaths")
    void a_path_that_cannot_be_read_as_it_is_written_is_refused(String path) {
        problem(raw.get(path), ProblemType.INVALID_REQUEST);
    }

    @Test
    void a_write_to_such_a_path_changes_nothing() {
        var sku = platform.stocked(1);
        var order = platform.order("17850", sku, 1).text("orderId");
        problem(raw.post("/api/stock/%s;RED/receipts".formatted(sku), RECEIPT), ProblemType.INVALID_REQUEST);
        problem(
                raw.post("/api/orders/%s;x/cancellation".formatted(order), "{\"reason\":\"x\"}"),
                ProblemType.INVALID_REQUEST);
        assertThat(platform.get("/api/stock/" + sku).number("onHand")).isEqualTo(1);
        platform.await("/api/orders/" + order, it -> "CONFIRMED".equals(it.text("status")));
    }

    static Stream<Arguments> oddMessages() {
        var head =
                "POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nIdempotency-Key: odd\r\n";
        return Stream.of(
                Arguments.of(
                        "long line", "GET /api/orders?customerId=" + "x".repeat(20_000) + " HTTP/1.1\r\n\r\n", null),
                Arguments.of(
                        "long header",
                        "GET /api/orders HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n",
                        null),
                Arguments.of("no host", "GET /api/orders HTTP/1.1\r\n\r\n", ProblemType.INVALID_REQUEST),
                Arguments.of("bad host", "GET /api/orders HTTP/1.1\r\nHost: a b\r\n\r\n", ProblemType.INVALID_REQUEST),
                Arguments.of(
                        "foreign host",
                        "GET /api/orders HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                        ProblemType.FOREIGN_HOST),
                Arguments.of(
                        "two hosts",
                        "GET /api/orders HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                        ProblemType.INVALID_REQUEST),
                Arguments.of(
                        "trace",
                        "TRACE /api/orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                        ProblemType.METHOD_NOT_ALLOWED),
                Arguments.of(
                        "no method",
                        "BREW /api/orders HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
                        ProblemType.METHOD_NOT_ALLOWED),
                Arguments.of(
                        "bad chunk",
                        head + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                        ProblemType.INVALID_REQUEST),
                Arguments.of(
                        "unknown coding",
                        head + "Transfer-Encoding: gzip\r\nConnection: close\r\n\r\n",
                        ProblemType.NOT_IMPLEMENTED),
                Arguments.of("bad length", head + "Content-Length: x\r\n\r\n", ProblemType.INVALID_REQUEST),
                Arguments.of(
                        "bad version",
                        "GET /api/orders HTTP/9.9\r\nHost: localhost\r\n\r\n",
                        ProblemType.HTTP_VERSION_NOT_SUPPORTED),
                Arguments.of("no address", "GET\r\nHost: localhost\r\n\r\n", ProblemType.INVALID_REQUEST),
                Arguments.of(
                        "a form",
                        "POST /api/orders HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\nConnection: close\r\n\r\na=b",
                        ProblemType.UNSUPPORTED_MEDIA_TYPE),
                Arguments.of(
                        "nowhere",
                        "GET /nowhere HTTP/1.1\r\nHost: localhost\r\nAccept: text/html\r\nConnection: close\r\n\r\n",
                        ProblemType.NOT_FOUND));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddMessages")
    void what_the_container_refuses_is_a_problem_too(String what, String message, ProblemType type) {
        problem(raw.send(message), type);
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(
            strings = {"garbage", "text/html", "application/xml;q=0.5", "*/*;q=0"})
    void an_error_is_a_problem_whatever_the_caller_accepts(String accept) {
        problem(raw.get("/api/orders/none", "Accept: " + accept), ProblemType.ORDER_NOT_FOUND);
        problem(raw.get("/api/orders?limit=0", "Accept: " + accept), ProblemType.INVALID_REQUEST);
    }

    static Stream<Arguments> oddTexts() {
        var order = "{\"customerId\":\"17850\",\"currency\":\"GBP\",\"lines\":[%s]}".formatted(LINE);
        return Stream.of(
                Arguments.of("/api/stock/85123A/receipts", "{\"quantity\":1,\"name\":\"Gift \\ud83c\"}", "name"),
                Arguments.of("/api/stock/85123A/receipts", "{\"quantity\":1,\"name\":\"a\\u001bb\"}", "name"),
                Arguments.of("/api/stock/85123A/receipts", "{\"quantity\":1,\"name\":\"a\\u202eb\"}", "name"),
                Arguments.of("/api/stock/85123A/receipts", "{\"quantity\":1,\"name\":\"a\\uffffb\"}", "name"),
                Arguments.of("/api/stock/85123A/receipts", "{\"quantity\":1,\"name\":17}", "name"),
                Arguments.of("/api/stock/85123A/receipts", "{\"quantity\":1,\"name\":true}", "name"),
                Arguments.of("/api/stock/85123A/receipts", "{\"quantity\":1e2}", "quantity"),
                Arguments.of("/api/stock/85123A/receipts", "{\"quantity\":\"1\"}", "quantity"),
                Arguments.of("/api/stock/85123A/receipts", "{\"quantity\":true}", "quantity"),
                Arguments.of("/api/stock/85123A/receipts", "{\"quantity\":1,\"\\ud83c\":2}", "body"),
                Arguments.of(
                        "/api/stock/85123A/adjustments", "{\"from\":1,\"to\":0,\"reason\":\"a\\r\\nb\"}", "reason"),
                Arguments.of("/api/orders/x/cancellation", "{\"reason\":\"a\\u202eb\"}", "reason"),
                Arguments.of("/api/orders", order.replace("\"85123A\"", "17"), "lines[0].sku"),
                Arguments.of("/api/orders", order.replace("\"17850\"", "17850"), "customerId"),
                Arguments.of("/api/orders", order.replace("\"GBP\"", "true"), "currency"),
                Arguments.of(
                        "/api/orders", order.replace("{\"customerId\"", "{\"orderId\":1e2,\"customerId\""), "orderId"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("oddTexts")
    void a_text_is_a_string_that_everybody_can_show(String path, String body, String field) {
        refusesText(path, body, field);
    }

    @Test
    @DisabledIf("orderplatform.app.Platform#isOnBaselineStores")
    void an_operators_reason_is_a_text_that_everybody_can_show() {
        refusesText("/api/sagas/x/skip", "{\"reason\":\"a\\nb\"}", "reason");
    }

    private void refusesText(String path, String body, String field) {
        var answer = platform.post(path, body, "Idempotency-Key", Platform.newId("key"))
                .expect(400);
        assertThat(answer.body().path("errors").path(0).path("field").asString())
                .isEqualTo(field);
    }

    @Test
    void a_refusal_from_inside_a_write_says_which_path_it_is_of() {
        var path = "/api/stock/%s/adjustments".formatted(platform.stocked(5));
        var answer =
                platform.post(path, "{\"from\":4,\"to\":3,\"reason\":\"lost\"}").expect(409);
        assertThat(answer.text("instance")).isEqualTo(path);
    }

    @Test
    void a_write_from_a_page_of_another_site_is_refused() {
        var sku = platform.stocked(1);
        var path = "/api/stock/%s/receipts".formatted(sku);
        problem(raw.post(path, RECEIPT, "Origin: https://evil.example"), ProblemType.FOREIGN_ORIGIN);
        problem(raw.post(path, RECEIPT, "Origin: null"), ProblemType.FOREIGN_ORIGIN);
        problem(raw.post(path, RECEIPT, "Sec-Fetch-Site: cross-site"), ProblemType.FOREIGN_ORIGIN);
        problem(raw.post("/api/projections/replays", "", "Origin: https://evil.example"), ProblemType.FOREIGN_ORIGIN);
        assertThat(raw.post(path, RECEIPT, "Origin: http://localhost", "Sec-Fetch-Site: same-origin")
                        .status())
                .isEqualTo(201);
        platform.await("/api/stock/" + sku, it -> it.number("onHand") == 2);
    }

    static Stream<ProblemType> types() {
        return Stream.of(ProblemType.values());
    }

    @ParameterizedTest
    @MethodSource("types")
    void the_type_of_a_problem_leads_to_a_page_that_explains_it(ProblemType type) {
        var page = platform.get(type.path()).expect(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.response().body()).contains(type.code(), "Status " + type.status());
    }

    @Test
    void sums_are_exact_however_large_they_grow() {
        var sku = platform.stocked(1_000_000_000);
        for (int i = 0; i < 9; i++) {
            platform.post("/api/stock/%s/receipts".formatted(sku), "{\"quantity\":1000000000}")
                    .expect(201);
        }
        var line = "{\"sku\":\"%s\",\"quantity\":1000000,\"unitPrice\":1000000000}".formatted(sku);
        var body = "{\"customerId\":\"17850\",\"currency\":\"CHF\",\"lines\":%s}"
                .formatted(Collections.nCopies(2_000, line));
        var placed = IntStream.range(0, 5)
                .mapToObj(i -> platform.post(
                                "/api/orders", body, "Idempotency-Key", Platform.newId("key"), "Prefer", "wait=30")
                        .expect(201))
                .toList();
        assertThat(placed).allSatisfy(it -> assertThat(it.text("status")).isEqualTo("CONFIRMED"));
        var today = java.time.LocalDate.now(java.time.ZoneOffset.UTC);
        var revenue = platform.get(
                        "/api/revenue?from=%s&to=%s&sku=%s".formatted(today.minusDays(1), today, sku),
                        "Consistency-Token",
                        placed.getLast().header("Consistency-Token"))
                .expect(200);
        assertThat(revenue.body().path("items").path(0).path("amount").toString())
                .isEqualTo("10000000000000000000");
        assertThat(revenue.body().path("sums").path(0).path("amount").toString())
                .isEqualTo("10000000000000000000");
    }

    private static JsonNode problem(RawHttp.Answer answer, ProblemType type) {
        assertThat(answer.head().toLowerCase(java.util.Locale.ROOT))
                .as(answer.body())
                .contains("content-type: application/problem+json");
        var problem = JsonMapper.shared().readTree(answer.body());
        assertThat(problem.propertyNames()).contains("type", "title", "status", "detail", "instance");
        assertThat(problem.path("status").asInt()).isEqualTo(answer.status());
        if (type != null) {
            assertThat(problem.path("type").asString()).as(answer.body()).isEqualTo(type.path());
        } else {
            assertThat(answer.status()).isBetween(400, 499);
        }
        return problem;
    }
}
