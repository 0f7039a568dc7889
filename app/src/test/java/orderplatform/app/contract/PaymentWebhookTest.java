package orderplatform.app.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import orderplatform.api.payments.WebhookSecret;
import orderplatform.app.Platform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ResourceLock(Platform.SHARED)
class PaymentWebhookTest {

    private static final String WEBHOOK = "/api/payments/webhook";
    private static final String BODY =
            "{\"paymentId\":\"pay-x\",\"step\":\"authorise\",\"status\":\"approved\",\"reference\":\"x\"}";

    private final Platform platform = Platform.shared();

    private String signature(String secret, String timestamp, String body) {
        return WebhookSecret.of(secret).sign("msg_1", timestamp, body.getBytes(StandardCharsets.UTF_8));
    }

    private String secret() {
        return platform.property("platform.payments.webhook-secret");
    }

    private static String secondsFromNow(Duration offset) {
        return String.valueOf(Instant.now().plus(offset).getEpochSecond());
    }

    private Platform.Answer send(String timestamp, String signature, String body) {
        return platform.post(
                WEBHOOK, body, "webhook-id", "msg_1", "webhook-timestamp", timestamp, "webhook-signature", signature);
    }

    private Platform.Answer sendSigned(String body) {
        var now = secondsFromNow(Duration.ZERO);
        return send(now, signature(secret(), now, body), body);
    }

    private static String with(String field, String value) {
        return BODY.replaceFirst(
                "\"%s\":\"[^\"]*\"".formatted(field),
                "\"%s\":%s".formatted(field, value).replace("\\", "\\\\"));
    }

    private static String without(String field) {
        return BODY.replaceFirst("\"%s\":\"[^\"]*\",?".formatted(field), "");
    }

    @Test
    void lets_a_signed_call_through_to_its_payment() {
        assertThat(sendSigned(BODY).expect(404).text("type")).isEqualTo("/problems/payment-not-found");
    }

    @Test
    void takes_one_right_signature_among_several() {
        var now = secondsFromNow(Duration.ZERO);
        send(now, "v1,bm9uZQ== v1a,x %s v1,".formatted(signature(secret(), now, BODY)), BODY)
                .expect(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1,", "v1,bm9uZQ==", "sha256=00", "%"})
    void refuses_a_wrong_signature(String signature) {
        send(secondsFromNow(Duration.ZERO), signature, BODY).expect(401);
    }

    @Test
    void refuses_a_signature_of_another_body_time_or_secret() {
        var now = secondsFromNow(Duration.ZERO);
        send(now, signature(secret(), now, BODY + " "), BODY).expect(401);
        send(now, signature(secret(), secondsFromNow(Duration.ofSeconds(9)), BODY), BODY)
                .expect(401);
        send(now, signature("another", now, BODY), BODY).expect(401);
    }

    @Test
    void refuses_a_call_without_its_headers() {
        var now = secondsFromNow(Duration.ZERO);
        var signature = signature(secret(), now, BODY);
        platform.post(WEBHOOK, BODY).expect(401);
        platform.post(WEBHOOK, BODY, "webhook-id", "msg_1", "webhook-timestamp", now)
                .expect(401);
        platform.post(WEBHOOK, BODY, "webhook-id", "msg_1", "webhook-signature", signature)
                .expect(401);
        platform.post(WEBHOOK, BODY, "webhook-timestamp", now, "webhook-signature", signature)
                .expect(401);
    }

    static Stream<String> timesFarAway() {
        return Stream.of(
                secondsFromNow(Duration.ofSeconds(-330)),
                secondsFromNow(Duration.ofSeconds(330)),
                "-1",
                "0",
                "1e9",
                "",
                "now",
                "99999999999999999999",
                "9223372036854775807");
    }

    @ParameterizedTest
    @MethodSource("timesFarAway")
    void refuses_a_time_that_is_more_than_five_minutes_away(String time) {
        send(time, signature(secret(), time, BODY), BODY).expect(401);
    }

    @ParameterizedTest
    @ValueSource(ints = {-270, 270})
    void takes_a_time_that_is_less_than_five_minutes_away(int seconds) {
        var time = secondsFromNow(Duration.ofSeconds(seconds));
        send(time, signature(secret(), time, BODY), BODY).expect(404);
    }

    static Stream<Arguments> badBodies() {
        return Stream.of(
                Arguments.of("", "body"),
                Arguments.of("null", "body"),
                Arguments.of("[]", "body"),
                Arguments.of("\"approved\"", "body"),
                Arguments.of("17", "body"),
                Arguments.of("{", "body"),
                Arguments.of(BODY + "x", "body"),
                Arguments.of("[".repeat(5_000), "body"),
                Arguments.of(BODY.replace("}", ",\"fee\":1}"), "body"),
                Arguments.of("{}", "paymentId"),
                Arguments.of(without("paymentId"), "paymentId"),
                Arguments.of(with("paymentId", "null"), "paymentId"),
                Arguments.of(with("paymentId", "17"), "paymentId"),
                Arguments.of(with("paymentId", "\"\""), "paymentId"),
                Arguments.of(with("paymentId", "\"%s\"".formatted("x".repeat(101))), "paymentId"),
                Arguments.of(with("paymentId", "\"a\\u0000\""), "paymentId"),
                Arguments.of(without("step"), "step"),
                Arguments.of(with("step", "null"), "step"),
                Arguments.of(with("step", "\"settle\""), "step"),
                Arguments.of(with("step", "\"AUTHORISE\""), "step"),
                Arguments.of(with("step", "1"), "step"),
                Arguments.of(with("step", "[]"), "step"),
                Arguments.of(without("status"), "status"),
                Arguments.of(with("status", "\"maybe\""), "status"),
                Arguments.of(with("status", "true"), "status"),
                Arguments.of(with("reference", "17"), "reference"),
                Arguments.of(with("reference", "{}"), "reference"),
                Arguments.of(with("reference", "\"\\ud83c\""), "reference"),
                Arguments.of(with("reference", "\"a\\r\\nb\""), "reference"),
                Arguments.of(with("reference", "\"%s\"".formatted("x".repeat(256))), "reference"),
                Arguments.of(with("reference", "null,\"reason\":\"\\u202e\""), "reason"),
                Arguments.of(with("reference", "null,\"reason\":1"), "reason"));
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void names_the_field_of_a_signed_body_that_is_wrong(String body, String field) {
        var answer = sendSigned(body).expect(400);
        assertThat(answer.text("type")).isEqualTo("/problems/invalid-request");
        assertThat(answer.body().path("errors").path(0).path("field").asString())
                .isEqualTo(field);
    }
}
