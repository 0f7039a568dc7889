package orderplatform.app.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import orderplatform.app.Platform;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.Environment;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every way a payment can go, with time scaled down, and the provider's own ledger as the witness. What takes its time
 * is ordered before the first test, so that all wait at once.
 */
@Order(2)
class PaymentPathsTest {

    private static final long TOTAL = 2 * 255;

    private static Platform platform;
    private static Unsettled timedOut;
    private static Unsettled givenUp;
    private static Unsettled cancelled;
    private static Unsettled down;

    /** The provider is asked later than it calls back, and before the order is given up. */
    @BeforeAll
    static void start() {
        platform = Platform.start(
                "--platform.payments.timeout=500ms",
                "--platform.payments.ask-after=1s",
                "--platform.payments.ask-at-most-every=1s",
                "--platform.fulfilment.payment=10s",
                "--platform.stand-in.late-after=15s");
        timedOut = Unsettled.placed("pay-timeout-1");
        givenUp = Unsettled.placed("pay-late-1");
        cancelled = Unsettled.placed("pay-late-2");
        down = Unsettled.placed("pay-down-1");
        cancelled.isNow("AWAITING_PAYMENT");
        platform.post(cancelled.placed().header("Location") + "/cancellation", Map.of("reason", "too slow"))
                .expect(200);
    }

    /** An order that was placed and not waited for. */
    private record Unsettled(String sku, Platform.Answer placed) {

        static Unsettled placed(String customer) {
            var sku = platform.stocked(10);
            var placed = platform.post(
                            "/api/orders", Platform.orderOf(customer, sku, 2), "Idempotency-Key", Platform.newId("key"))
                    .expect(201);
            return new Unsettled(sku, placed);
        }

        void isNow(String status) {
            platform.await(placed.header("Location"), it -> status.equals(it.text("status")));
        }
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void an_approved_payment_is_captured_and_refunded_when_the_order_is_cancelled() {
        var sku = platform.stocked(10);
        var order = platform.order("17850", sku, 2);
        assertThat(order.text("status")).isEqualTo("CONFIRMED");
        awaitLedger(order, TOTAL, TOTAL, 0, 0);
        platform.post(order.header("Location") + "/cancellation", Map.of("reason", "wrong size"))
                .expect(200);
        awaitLedger(order, TOTAL, TOTAL, 0, TOTAL);
        awaitPayment(order, "REFUNDED");
        awaitAvailable(sku, 10);
    }

    @Test
    void a_declined_payment_rejects_the_order_and_releases_the_stock() {
        var sku = platform.stocked(10);
        var order = platform.order("pay-decline-1", sku, 2);
        assertThat(order.text("status")).isEqualTo("REJECTED");
        assertThat(rejection(order)).isEqualTo("payment-declined");
        awaitAvailable(sku, 10);
        awaitPayment(order, "DECLINED");
        awaitLedger(order, 0, 0, 0, 0);
    }

    @Test
    void a_time_out_after_the_charge_is_asked_about_and_charged_once() {
        timedOut.isNow("CONFIRMED");
        awaitLedger(timedOut.placed(), TOTAL, TOTAL, 0, 0);
        awaitPayment(timedOut.placed(), "CAPTURED");
    }

    @Test
    void an_answer_by_webhook_confirms_the_order() {
        var order = platform.order("pay-webhook-1", platform.stocked(10), 2);
        assertThat(order.text("status")).isEqualTo("CONFIRMED");
        awaitLedger(order, TOTAL, TOTAL, 0, 0);
        assertThat(platform.get("/api/events?stream=payment-pay-" + order.text("orderId"))
                        .expect(200)
                        .body()
                        .path("events")
                        .valueStream()
                        .filter(event -> event.path("type").asString().equals("payment.authorised"))
                        .map(event -> event.path("metadata").path("actor").asString()))
                .containsExactly("payment-provider");
    }

    @Test
    void a_success_after_the_order_was_given_up_is_voided() {
        assertThat(rejection(givenUp.placed())).isEqualTo("payment-timeout");
        awaitAvailable(givenUp.sku(), 10);
        awaitLedger(givenUp.placed(), TOTAL, 0, TOTAL, 0);
        awaitPayment(givenUp.placed(), "VOIDED");
    }

    @Test
    void a_success_after_the_customer_cancelled_is_voided() {
        awaitAvailable(cancelled.sku(), 10);
        awaitLedger(cancelled.placed(), TOTAL, 0, TOTAL, 0);
        awaitPayment(cancelled.placed(), "VOIDED");
    }

    @Test
    void a_provider_that_is_down_charges_nobody() {
        assertThat(rejection(down.placed())).isEqualTo("payment-timeout");
        awaitAvailable(down.sku(), 10);
        awaitLedger(down.placed(), 0, 0, 0, 0);
    }

    private static String rejection(Platform.Answer order) {
        return platform.await(order.header("Location"), it -> "REJECTED".equals(it.text("status")))
                .body()
                .path("rejection")
                .path("code")
                .asString();
    }

    private static void awaitAvailable(String sku, long pieces) {
        var stock = platform.await(
                "/api/stock/" + sku, it -> it.body().path("available").asLong() == pieces);
        assertThat(stock.body().path("reserved").asLong()).isZero();
    }

    private static void awaitPayment(Platform.Answer order, String status) {
        platform.await(
                order.header("Location"),
                it -> status.equals(it.body().path("payment").path("status").asString("")));
    }

    private static void awaitLedger(Platform.Answer order, long authorised, long captured, long voided, long refunded) {
        Awaitility.await("ledger of " + order.text("orderId"))
                .atMost(Duration.ofSeconds(90))
                .untilAsserted(() -> {
                    var account = account("pay-" + order.text("orderId"));
                    assertThat(account.path("authorised").asLong()).isEqualTo(authorised);
                    assertThat(account.path("captured").asLong()).isEqualTo(captured);
                    assertThat(account.path("voided").asLong()).isEqualTo(voided);
                    assertThat(account.path("refunded").asLong()).isEqualTo(refunded);
                });
    }

    private static JsonNode account(String paymentId) throws IOException, InterruptedException {
        var ledger = URI.create(platform.bean(Environment.class).getProperty("platform.payments.url") + "/ledger");
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(HttpRequest.newBuilder(ledger).build(), HttpResponse.BodyHandlers.ofString());
            return JsonMapper.shared()
                    .readTree(answer.body())
                    .valueStream()
                    .filter(account -> account.path("paymentId").asString().equals(paymentId))
                    .findFirst()
                    .orElse(JsonMapper.shared().createObjectNode());
        }
    }
}
