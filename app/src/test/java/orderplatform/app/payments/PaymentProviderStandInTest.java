package orderplatform.app.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import orderplatform.api.payments.WebhookSecret;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PaymentProviderStandInTest {

    private static final String SECRET = "shared";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Delays DELAYS = new Delays(SHORT, LONG, SHORT, SHORT);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private HttpServer shop;
    private PaymentProviderStandIn provider;

    private record Call(String id, String timestamp, String signature, String body) {}

    @BeforeEach
    void start() throws IOException {
        shop = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        shop.createContext("/webhook", exchange -> {
            var headers = exchange.getRequestHeaders();
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            calls.add(new Call(
                    headers.getFirst("webhook-id"),
                    headers.getFirst("webhook-timestamp"),
                    headers.getFirst("webhook-signature"),
                    body));
            exchange.sendResponseHeaders(calls.size() == 1 ? 503 : 204, -1);
            exchange.close();
        });
        shop.start();
        provider = start(DELAYS);
    }

    @AfterEach
    void stop() {
        provider.close();
        shop.stop(0);
    }

    private PaymentProviderStandIn start(Delays delays) throws IOException {
        URI webhook = URI.create(
                "http://127.0.0.1:%d/webhook".formatted(shop.getAddress().getPort()));
        return new PaymentProviderStandIn(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Ledger.inFile(folder.resolve("payments/ledger.jsonl")),
                () -> webhook,
                SECRET,
                delays);
    }

    @Test
    void an_ordinary_customer_is_approved_and_the_books_show_it() throws Exception {
        assertThat(status(authorise("p1", "17850", 255))).isEqualTo("200 approved");
        assertThat(status(put("p1", "capture", 255, null))).isEqualTo("200 approved");
        assertThat(status(put("p1", "refund", 55, null))).isEqualTo("200 approved");
        assertThat(json.readTree(get("/ledger").body())).isEqualTo(json.readTree("""
                [{"paymentId":"p1","customerId":"17850","currency":"GBP",
                  "authorised":255,"captured":255,"voided":0,"refunded":55}]"""));
    }

    @Test
    void the_same_step_again_has_the_same_answer_and_charges_once() throws Exception {
        String first = authorise("p1", "17850", 255).body();
        assertThat(authorise("p1", "17850", 255).body()).isEqualTo(first);
        assertThat(get("/payments/p1/authorise").body()).isEqualTo(first);
        assertThat(books("p1").get("authorised").asLong()).isEqualTo(255);
        assertThat(Files.readAllLines(folder.resolve("payments/ledger.jsonl"))).hasSize(1);
    }

    @Test
    void a_step_never_seen_is_not_found() throws Exception {
        assertThat(get("/payments/p1/authorise").statusCode()).isEqualTo(404);
    }

    @Test
    void pay_decline_is_declined() throws Exception {
        assertThat(authorise("p1", "pay-decline-7", 255).body())
                .isEqualTo("{\"status\":\"declined\",\"reason\":\"insufficient-funds\"}");
        assertThat(books("p1").get("authorised").asLong()).isZero();
    }

    @Test
    void a_prefix_in_other_letters_means_nothing() throws Exception {
        assertThat(status(authorise("p1", "PAY-DECLINE", 255))).isEqualTo("200 approved");
    }

    @Test
    void pay_slow_is_answered_late() throws Exception {
        long start = System.nanoTime();
        assertThat(status(authorise("p1", "pay-slow", 255))).isEqualTo("200 approved");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(SHORT);
    }

    @Test
    void pay_timeout_charges_without_answering_and_tells_when_asked() throws Exception {
        assertThatThrownBy(() -> http.send(
                        request("p1", "authorise", 255, "pay-timeout")
                                .timeout(SHORT)
                                .build(),
                        BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(status(get("/payments/p1/authorise"))).isEqualTo("200 approved");
    }

    @Test
    void pay_late_is_pending_until_it_is_approved() throws Exception {
        assertThat(status(authorise("p1", "pay-late", 255))).isEqualTo("202 pending");
        assertThat(status(get("/payments/p1/authorise"))).endsWith("pending");
        await().untilAsserted(
                        () -> assertThat(status(get("/payments/p1/authorise"))).isEqualTo("200 approved"));
    }

    @Test
    void pay_webhook_is_called_back_signed_until_it_is_taken() throws Exception {
        assertThat(status(authorise("p1", "pay-webhook", 255))).isEqualTo("202 pending");
        await().untilAsserted(() -> assertThat(calls).hasSize(2));
        Call call = calls.getLast();
        assertThat(json.readTree(call.body())).isEqualTo(json.readTree("""
                {"paymentId":"p1","step":"authorise","status":"approved","reference":"stand-in-p1-authorise"}"""));
        assertThat(calls).extracting(Call::id).containsOnly(call.id());
        assertThat(Instant.ofEpochSecond(Long.parseLong(call.timestamp())))
                .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
        assertThat(call.signature())
                .isEqualTo(WebhookSecret.of(SECRET)
                        .sign(call.id(), call.timestamp(), call.body().getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void pay_down_is_unavailable_and_books_nothing() throws Exception {
        assertThat(authorise("p1", "pay-down", 255).statusCode()).isEqualTo(503);
        assertThat(get("/payments/p1/authorise").statusCode()).isEqualTo(404);
    }

    @Test
    void a_void_that_overtakes_its_authorisation_refuses_it() throws Exception {
        assertThat(status(put("p1", "void", 255, null))).isEqualTo("200 approved");
        assertThat(authorise("p1", "17850", 255).body()).contains("declined", "voided");
    }

    @Test
    void a_void_of_a_pending_authorisation_refuses_it() throws Exception {
        authorise("p1", "pay-late", 255);
        assertThat(status(put("p1", "void", 255, null))).isEqualTo("200 approved");
        assertThat(get("/payments/p1/authorise").body()).contains("declined", "voided");
    }

    @Test
    void captured_and_voided_never_exceed_authorised() throws Exception {
        authorise("p1", "17850", 255);
        assertThat(put("p1", "capture", 256, null).body()).contains("declined");
        authorise("p2", "17850", 255);
        put("p2", "capture", 200, null);
        assertThat(put("p2", "void", 56, null).body()).contains("declined");
        authorise("p3", "17850", 255);
        put("p3", "void", 255, null);
        assertThat(put("p3", "capture", 1, null).body()).contains("declined");
    }

    @Test
    void refunded_never_exceeds_captured() throws Exception {
        authorise("p1", "17850", 255);
        put("p1", "capture", 200, null);
        assertThat(put("p1", "refund", 201, null).body()).contains("declined");
    }

    @Test
    void the_books_survive_a_restart_and_an_unfinished_line() throws Exception {
        authorise("p1", "17850", 255);
        provider.close();
        Files.writeString(folder.resolve("payments/ledger.jsonl"), "{\"paym", StandardOpenOption.APPEND);
        provider = start(DELAYS);
        assertThat(status(get("/payments/p1/authorise"))).isEqualTo("200 approved");
        assertThat(status(put("p1", "capture", 255, null))).isEqualTo("200 approved");
        provider.close();
        provider = start(DELAYS);
        assertThat(books("p1").get("captured").asLong()).isEqualTo(255);
    }

    @Test
    void a_call_without_a_key_or_with_a_broken_body_is_refused() throws Exception {
        var noKey = HttpRequest.newBuilder(provider.url().resolve("/payments/p1/authorise"))
                .PUT(BodyPublishers.ofString("{\"amount\":1,\"currency\":\"GBP\"}"));
        assertThat(http.send(noKey.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(400);
        var broken = noKey.header("Idempotency-Key", "k").PUT(BodyPublishers.ofString("{"));
        assertThat(http.send(broken.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(400);
    }

    private HttpResponse<String> authorise(String payment, String customer, long amount) throws Exception {
        return put(payment, "authorise", amount, customer);
    }

    private HttpResponse<String> put(String payment, String step, long amount, String customer) throws Exception {
        return http.send(request(payment, step, amount, customer).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String payment, String step, long amount, String customer) {
        String body = customer == null
                ? "{\"amount\":%d,\"currency\":\"GBP\"}".formatted(amount)
                : "{\"amount\":%d,\"currency\":\"GBP\",\"customerId\":\"%s\"}".formatted(amount, customer);
        return HttpRequest.newBuilder(provider.url().resolve("/payments/" + payment + "/" + step))
                .header("Idempotency-Key", payment + "-" + step)
                .PUT(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(HttpRequest.newBuilder(provider.url().resolve(path)).build(), BodyHandlers.ofString());
    }

    private JsonNode books(String payment) throws Exception {
        for (JsonNode account : json.readTree(get("/ledger").body())) {
            if (account.get("paymentId").asString().equals(payment)) {
                return account;
            }
        }
        throw new AssertionError("no books for " + payment);
    }

    private String status(HttpResponse<String> answer) {
        return answer.statusCode() + " "
                + json.readTree(answer.body()).path("status").asString();
    }
}
