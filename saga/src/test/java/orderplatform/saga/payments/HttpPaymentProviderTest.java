package orderplatform.saga.payments;

import static orderplatform.saga.payments.WireProvider.APPROVED;
import static orderplatform.saga.payments.WireProvider.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import orderplatform.api.CustomerId;
import orderplatform.api.Money;
import orderplatform.api.orders.OrderId;
import orderplatform.api.payments.PaymentId;
import orderplatform.api.payments.PaymentStep;
import orderplatform.api.payments.ProviderOutcome;
import orderplatform.saga.payments.WireProvider.Behaviour;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPaymentProviderTest {

    private static final Duration TIMEOUT = Duration.ofMillis(700);
    private static final int CONCURRENCY = 8;
    private static final ProviderOutcome DONE = new ProviderOutcome.Approved("ref");

    private WireProvider wire;
    private HttpPaymentProvider provider;

    private void start(Behaviour behaviour) throws IOException {
        wire = new WireProvider(behaviour);
        provider = new HttpPaymentProvider(
                new PaymentSettings(
                        wire.url(), TIMEOUT, Duration.ofSeconds(1), Duration.ofMinutes(1), CONCURRENCY, CONCURRENCY),
                ObservationRegistry.NOOP);
    }

    @AfterEach
    void stop() throws IOException {
        wire.close();
    }

    private ProviderOutcome authorise(int number) {
        return provider.execute(
                PaymentId.of(new OrderId("o" + number)),
                PaymentStep.AUTHORISE,
                new Money(255, "GBP"),
                new CustomerId("17850"));
    }

    @Test
    void sends_the_length_of_each_call() throws Exception {
        start((request, answer) -> answer.send(
                request.head().contains("\r\ncontent-length: ")
                                && !request.head().contains("transfer-encoding")
                        ? APPROVED
                        : "HTTP/1.1 411 Length Required\r\nContent-Length: 0\r\n\r\n"));

        assertThat(authorise(1)).isEqualTo(DONE);
        assertThat(wire.requests().getFirst().body())
                .isEqualTo("{\"amount\":255,\"currency\":\"GBP\",\"customerId\":\"17850\"}");
    }

    @Test
    void asks_what_became_of_a_step_with_the_same_patience() throws Exception {
        start((request, answer) -> request.number() == 1 ? answer.close() : answer.send(APPROVED));

        assertThat(provider.find(PaymentId.of(new OrderId("o1")), PaymentStep.CAPTURE))
                .contains(DONE);
        assertThat(wire.requests()).hasSize(2).allMatch(it -> it.head().startsWith("get /payments/pay-o1/capture "));
    }

    @Test
    void knows_of_no_step_that_the_provider_has_not_seen() throws Exception {
        start((request, answer) -> answer.send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"));

        assertThat(provider.find(PaymentId.of(new OrderId("o1")), PaymentStep.CAPTURE))
                .isEmpty();
    }

    @Test
    void does_each_step_at_a_provider_that_closes_after_each_answer() throws Exception {
        start((request, answer) -> answer.send(APPROVED) && answer.close());

        assertThat(IntStream.range(0, 20).mapToObj(this::authorise)).containsOnly(DONE);
    }

    @Test
    void does_each_step_side_by_side_at_a_provider_that_closes_after_each_answer() throws Exception {
        start((request, answer) -> answer.send(APPROVED) && answer.close());
        try (var threads = Executors.newFixedThreadPool(CONCURRENCY)) {
            var calls = IntStream.range(0, 200)
                    .mapToObj(i -> CompletableFuture.supplyAsync(() -> authorise(i), threads))
                    .toList();

            assertThat(calls.stream().map(CompletableFuture::join)).containsOnly(DONE);
        }
    }

    @Test
    void tries_again_on_a_new_connection_if_all_kept_ones_were_closed_while_idle() throws Exception {
        var atOnce = new CyclicBarrier(CONCURRENCY);
        start((request, answer) -> {
            if (request.number() <= CONCURRENCY) {
                awaitAll(atOnce);
            }
            return answer.send(APPROVED);
        });
        try (var threads = Executors.newFixedThreadPool(CONCURRENCY)) {
            var calls = new ArrayList<CompletableFuture<ProviderOutcome>>();
            for (int i = 0; i < CONCURRENCY; i++) {
                int number = i;
                calls.add(CompletableFuture.supplyAsync(() -> authorise(number), threads));
            }
            assertThat(calls.stream().map(CompletableFuture::join)).containsOnly(DONE);
        }
        wire.closeConnections();

        assertThat(authorise(CONCURRENCY)).isEqualTo(DONE);
        assertThat(wire.connections()).isEqualTo(CONCURRENCY + 1);
    }

    private static void awaitAll(CyclicBarrier barrier) throws IOException {
        try {
            barrier.await(5, TimeUnit.SECONDS);
        } catch (Exception failed) {
            throw new IOException(failed);
        }
    }

    static Stream<String> brokenAnswers() {
        return Stream.of(
                        "",
                        "H",
                        "HTTP/1.1 200 OK\r\n",
                        APPROVED.substring(0, 40),
                        APPROVED.substring(0, APPROVED.length() - 5))
                .flatMap(start -> Stream.of(start, start + "|reset"));
    }

    @ParameterizedTest
    @MethodSource("brokenAnswers")
    void repeats_a_call_with_its_key_if_the_answer_breaks_off(String broken) throws Exception {
        start((request, answer) -> {
            if (request.number() > 2) {
                return answer.send(APPROVED);
            }
            return answer.send(broken.replace("|reset", ""))
                    && (broken.endsWith("|reset") ? answer.reset() : answer.close());
        });

        assertThat(authorise(1)).isEqualTo(DONE);
        assertThat(wire.requests())
                .hasSize(3)
                .allMatch(it -> it.head().contains("idempotency-key: pay-o1-authorise\r\n"));
        assertThat(wire.connections()).isEqualTo(3);
    }

    @Test
    void leaves_the_outcome_unknown_after_a_few_broken_connections() throws Exception {
        start((request, answer) -> answer.close());

        assertThat(authorise(1)).isEqualTo(new ProviderOutcome.Unknown());
        assertThat(wire.requests()).hasSizeBetween(3, 10);
    }

    @Test
    void leaves_the_outcome_unknown_if_nobody_listens() throws Exception {
        start((request, answer) -> answer.close());
        wire.close();

        assertThat(authorise(1)).isEqualTo(new ProviderOutcome.Unknown());
    }

    @Test
    void calls_no_second_time_after_a_time_out() throws Exception {
        start((request, answer) -> true);

        assertThat(authorise(1)).isEqualTo(new ProviderOutcome.Unknown());
        assertThat(wire.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", "HTTP/1.1 200 OK\r\n"})
    void waits_no_longer_than_the_time_out_for_an_answer_that_trickles(String head) throws Exception {
        start((request, answer) -> {
            answer.send(head);
            while (answer.send("a: b\r\n")) {
                pause();
            }
            return false;
        });
        long start = System.nanoTime();

        assertThat(authorise(1)).isEqualTo(new ProviderOutcome.Unknown());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.multipliedBy(3));
        assertThat(wire.requests()).hasSize(1);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stop) {
            throw new IOException(stop);
        }
    }

    @Test
    void reads_no_more_of_an_answer_than_an_answer_may_have() throws Exception {
        start((request, answer) -> answer.send(answer(
                "{\"status\":\"approved\",\"reference\":\"ref\",\"more\":\"%s\"}".formatted("x".repeat(1_000_000)))));

        assertThat(authorise(1)).isEqualTo(new ProviderOutcome.Unknown());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "\"approved\"",
                "{\"status\":null}",
                "{\"status\":1}",
                "{\"status\":\"maybe\"}",
                "{\"status\":\"pending\"}",
                "{\"status\":\"approved\"",
                "nonsense"
            })
    void takes_an_answer_without_a_known_status_as_unknown(String body) throws Exception {
        start((request, answer) -> answer.send(answer(body)));

        assertThat(authorise(1)).isEqualTo(new ProviderOutcome.Unknown());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 409, 422, 500, 503})
    void takes_a_refusal_without_an_outcome_as_unknown(int status) throws Exception {
        start((request, answer) -> answer.send("HTTP/1.1 %d Refused\r\nContent-Length: 0\r\n\r\n".formatted(status)));

        assertThat(authorise(1)).isEqualTo(new ProviderOutcome.Unknown());
        assertThat(wire.requests()).hasSize(1);
    }

    @Test
    void takes_an_answer_with_fields_that_are_new_to_it() throws Exception {
        start((request, answer) ->
                answer.send(answer("{\"status\":\"approved\",\"reference\":\"ref\",\"fee\":{\"amount\":3}}")));

        assertThat(authorise(1)).isEqualTo(DONE);
    }

    @Test
    void cleans_and_cuts_the_texts_of_the_provider() throws Exception {
        String dirty = "a\\r\\n\\u001b[31m\\ud83c \\u202Eb\\u0378";
        start((request, answer) -> answer.send(answer(
                request.number() == 1
                        ? "{\"status\":\"approved\",\"reference\":\"%s\"}".formatted(dirty)
                        : "{\"status\":\"declined\",\"reason\":\"%s\"}".formatted("x".repeat(10_000)))));

        assertThat(authorise(1)).isEqualTo(new ProviderOutcome.Approved("a\uFFFD\uFFFD\uFFFD[31m\uFFFD \uFFFDb\uFFFD"));
        assertThat(authorise(2))
                .isEqualTo(new ProviderOutcome.Declined("x".repeat(ProviderOutcome.MAX_TEXT_CHARACTERS)));
    }

    @Test
    void gives_a_text_of_another_type_its_default() throws Exception {
        start((request, answer) -> answer.send(answer(
                request.number() == 1
                        ? "{\"status\":\"approved\",\"reference\":17}"
                        : "{\"status\":\"declined\",\"reason\":{}}")));

        assertThat(authorise(1)).isEqualTo(new ProviderOutcome.Approved(""));
        assertThat(authorise(2)).isEqualTo(new ProviderOutcome.Declined("unspecified"));
    }
}
