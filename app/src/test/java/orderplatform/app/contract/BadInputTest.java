package orderplatform.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.stream.Stream;
import orderplatform.app.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@ResourceLock(Platform.SHARED)
class BadInputTest {

    private static final String LINE = "{\"sku\":\"85123A\",\"quantity\":6,\"unitPrice\":255}";

    private final Platform platform = Platform.shared();

    private static String order(String lines) {
        return "{\"customerId\":\"17850\",\"currency\":\"GBP\",\"lines\":%s}".formatted(lines);
    }

    private static String with(String field) {
        return "{\"customerId\":\"17850\",\"currency\":\"GBP\",\"lines\":[%s],%s}".formatted(LINE, field);
    }

    static Stream<Arguments> badOrders() {
        var long300 = "x".repeat(300);
        return Stream.of(
                Arguments.of("no lines", order("[]"), "lines"),
                Arguments.of("lines missing", "{\"customerId\":\"17850\",\"currency\":\"GBP\"}", "lines"),
                Arguments.of(
                        "2,001 lines", order(Collections.nCopies(2_001, LINE).toString()), "lines"),
                Arguments.of("a line of null", order("[null]"), "lines[0]"),
                Arguments.of("zero quantity", order("[%s]".formatted(LINE.replace("6", "0"))), "lines[0].quantity"),
                Arguments.of("negative", order("[%s]".formatted(LINE.replace("6", "-1"))), "lines[0].quantity"),
                Arguments.of("too many", order("[%s]".formatted(LINE.replace("6", "1000001"))), "lines[0].quantity"),
                Arguments.of("half a piece", order("[%s]".formatted(LINE.replace("6", "1.5"))), "lines[0].quantity"),
                Arguments.of("text", order("[%s]".formatted(LINE.replace("6", "\"6\""))), "lines[0].quantity"),
                Arguments.of("huge", order("[%s]".formatted(LINE.replace("6", "9".repeat(30)))), "lines[0].quantity"),
                Arguments.of(
                        "negative price", order("[%s]".formatted(LINE.replace("255", "-1"))), "lines[0].unitPrice"),
                Arguments.of("dear", order("[%s]".formatted(LINE.replace("255", "1000000001"))), "lines[0].unitPrice"),
                Arguments.of("pounds", order("[%s]".formatted(LINE.replace("255", "2.55"))), "lines[0].unitPrice"),
                Arguments.of("no sku", order("[{\"quantity\":1,\"unitPrice\":1}]"), "lines[0].sku"),
                Arguments.of("sku with slash", order("[%s]".formatted(LINE.replace("85123A", "a/b"))), "lines[0].sku"),
                Arguments.of("long sku", order("[%s]".formatted(LINE.replace("85123A", long300))), "lines[0].sku"),
                Arguments.of("second line", order("[%s,{\"sku\":\"x\"}]".formatted(LINE)), "lines[1].quantity"),
                Arguments.of(
                        "unknown field in a line",
                        order("[%s]".formatted(LINE.replace("}", ",\"currency\":\"EUR\"}"))),
                        "lines[0].currency"),
                Arguments.of("unknown field", with("\"coupon\":\"X\""), "coupon"),
                Arguments.of("customer missing", "{\"currency\":\"GBP\",\"lines\":[%s]}".formatted(LINE), "customerId"),
                Arguments.of(
                        "customer of wrong type",
                        order("[%s]".formatted(LINE)).replace("\"17850\"", "{}"),
                        "customerId"),
                Arguments.of("long customer", order("[%s]".formatted(LINE)).replace("17850", long300), "customerId"),
                Arguments.of("long order id", with("\"orderId\":\"%s\"".formatted(long300)), "orderId"),
                Arguments.of("control character", with("\"orderId\":\"a\\u0007b\""), "orderId"),
                Arguments.of("unknown currency", order("[%s]".formatted(LINE)).replace("GBP", "XXY"), "currency"),
                Arguments.of(
                        "lower case currency", order("[%s]".formatted(LINE)).replace("GBP", "gbp"), "currency"),
                Arguments.of("no e-mail address", with("\"contact\":{\"email\":\"nobody\"}"), "contact.email"),
                Arguments.of(
                        "long e-mail",
                        with("\"contact\":{\"email\":\"%s@b.example\"}".formatted(long300)),
                        "contact.email"),
                Arguments.of("no domain", with("\"contact\":{\"email\":\"jürgen@\"}"), "contact.email"),
                Arguments.of("no such domain", with("\"contact\":{\"email\":\"a@b_c.example\"}"), "contact.email"),
                Arguments.of(
                        "another domain by other rules",
                        with("\"contact\":{\"email\":\"a@straße.example\"}"),
                        "contact.email"),
                Arguments.of("no-break space", with("\"contact\":{\"email\":\"a@b.example\\u00a0\"}"), "contact.email"),
                Arguments.of(
                        "half a character", with("\"contact\":{\"email\":\"a\\ud83c@b.example\"}"), "contact.email"),
                Arguments.of("no phone number", with("\"contact\":{\"phone\":\"call me\"}"), "contact.phone"),
                Arguments.of("a field twice", with("\"customerId\":\"17850\""), "body"),
                Arguments.of("broken JSON", "{\"customerId\":", "body"),
                Arguments.of("trailing text", order("[%s]".formatted(LINE)) + "x", "body"),
                Arguments.of("an array", "[]", "body"),
                Arguments.of("nothing", "", "body"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badOrders")
    void a_bad_order_is_refused_naming_the_field_and_leaves_no_event(String what, String body, String field) {
        var head = head();
        var answer = platform.post("/api/orders", body, "Idempotency-Key", Platform.newId("key"))
                .expect(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.text("type")).isEqualTo("/problems/invalid-request");
        assertThat(answer.text("instance")).isEqualTo("/api/orders");
        assertThat(answer.body()
                        .path("errors")
                        .valueStream()
                        .map(it -> it.path("field").asString()))
                .contains(field);
        assertThat(answer.body().path("errors").path(0).path("message").asString())
                .isNotBlank();
        assertThat(answer.response().body())
                .doesNotContain("orderplatform.")
                .doesNotContain("java.")
                .doesNotContain("jackson");
        assertThat(head()).isEqualTo(head);
    }

    private String head() {
        return platform.get("/api/events?limit=1000&type=order.placed")
                .expect(200)
                .body()
                .path("next")
                .toString();
    }

    @Test
    void a_price_is_needed_where_the_sku_has_no_list_price_in_the_currency() {
        var noPrice = "[{\"sku\":\"%s\",\"quantity\":1}]".formatted(platform.stocked(1));
        assertThat(refused(order(noPrice))).isEqualTo("lines[0].unitPrice");
        var sku = Platform.newId("SKU");
        platform.post(
                        "/api/stock/%s/receipts".formatted(sku),
                        "{\"quantity\":1,\"listPrice\":{\"amount\":399,\"currency\":\"EUR\"}}")
                .expect(201);
        assertThat(refused(order("[{\"sku\":\"%s\",\"quantity\":1}]".formatted(sku))))
                .isEqualTo("lines[0].unitPrice");
    }

    private String refused(String body) {
        return platform.post("/api/orders", body, "Idempotency-Key", Platform.newId("key"))
                .expect(400)
                .body()
                .path("errors")
                .path(0)
                .path("field")
                .asString();
    }

    @Test
    void a_body_over_one_mebibyte_is_refused_announced_or_not() throws Exception {
        var body = " ".repeat(2 << 20);
        var announced = platform.post("/api/orders", body, "Idempotency-Key", Platform.newId("key"))
                .expect(413);
        assertThat(announced.text("type")).isEqualTo("/problems/content-too-large");
        var chunked = HttpRequest.newBuilder(platform.uri("/api/orders"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", Platform.newId("key"))
                .POST(HttpRequest.BodyPublishers.ofInputStream(
                        () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8))))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            assertThat(client.send(chunked, HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    static Stream<Arguments> badStockWrites() {
        var receipts = "/api/stock/85123A/receipts";
        var adjustments = "/api/stock/85123A/adjustments";
        return Stream.of(
                Arguments.of(receipts, "{\"quantity\":0}", "quantity"),
                Arguments.of(receipts, "{\"quantity\":-5}", "quantity"),
                Arguments.of(receipts, "{}", "quantity"),
                Arguments.of(receipts, "{\"quantity\":5,\"name\":\"a\\u0000b\"}", "name"),
                Arguments.of(receipts, "{\"quantity\":5,\"name\":\"%s\"}".formatted("x".repeat(201)), "name"),
                Arguments.of(
                        receipts,
                        "{\"quantity\":5,\"listPrice\":{\"amount\":-1,\"currency\":\"GBP\"}}",
                        "listPrice.amount"),
                Arguments.of(
                        receipts,
                        "{\"quantity\":5,\"listPrice\":{\"amount\":1,\"currency\":\"XXY\"}}",
                        "listPrice.currency"),
                Arguments.of("/api/stock/" + "x".repeat(65) + "/receipts", "{\"quantity\":5}", "sku"),
                Arguments.of(adjustments, "{\"from\":1,\"to\":-1,\"reason\":\"damaged\"}", "to"),
                Arguments.of(adjustments, "{\"from\":1,\"to\":0,\"reason\":\" \"}", "reason"),
                Arguments.of(adjustments, "{\"from\":1,\"to\":0}", "reason"));
    }

    @ParameterizedTest
    @MethodSource("badStockWrites")
    void a_bad_stock_write_is_refused_naming_the_field(String path, String body, String field) {
        var errors = platform.post(path, body).expect(400).body().path("errors");
        assertThat(errors.valueStream().map(it -> it.path("field").asString())).contains(field);
    }

    @Test
    void what_does_not_exist_is_a_problem_too() {
        assertThat(platform.get("/api/nothing").expect(404).text("type")).isEqualTo("/problems/not-found");
        assertThat(platform.get("/api/orders/none").expect(404).text("type")).isEqualTo("/problems/order-not-found");
        platform.get("/api/orders/none/history").expect(404);
        platform.get("/api/stock/none").expect(404);
        platform.post("/api/orders/none/cancellation", "{\"reason\":\"x\"}").expect(404);
        platform.post("/api/stock/none/adjustments", "{\"from\":1,\"to\":0,\"reason\":\"lost\"}")
                .expect(404);
        platform.post("/api/orders/none", "{}").expect(405);
    }
}
