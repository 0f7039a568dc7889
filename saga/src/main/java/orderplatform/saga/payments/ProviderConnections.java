package orderplatform.saga.payments;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.micrometer.core.instrument.binder.httpcomponents.hc5.ObservationExecChainHandler;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionReuseStrategy;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.DefaultConnectionReuseStrategy;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Calls over connections that the provider may close whenever it likes. A call whose connection breaks before the whole
 * answer is there is repeated at once on a new connection, and a few times more: each call carries its key or only
 * asks, so to repeat it is safe. A call that is not answered in time is not repeated: the provider may be at it.
 */
final class ProviderConnections {

    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final int MAX_HEADER_LINE_CHARACTERS = 8 * 1024;
    private static final int MAX_HEADERS = 100;

    private static final int MAX_REPEATS_AFTER_THE_FIRST = 3;
    private static final Duration BACK_OFF = Duration.ofMillis(20);
    private static final Duration BACK_OFF_JITTER = Duration.ofMillis(15);

    private final long timeoutMillis;
    private final CloseableHttpClient kept;
    private final CloseableHttpClient unkept;
    private final JsonMapper json = new JsonMapper();
    private final RetryTemplate repeats = new RetryTemplate(RetryPolicy.builder()
            .maxRetries(MAX_REPEATS_AFTER_THE_FIRST)
            .delay(BACK_OFF)
            .jitter(BACK_OFF_JITTER)
            .multiplier(2)
            .predicate(failure -> !(failure instanceof InterruptedIOException))
            .build());

    ProviderConnections(PaymentSettings settings, ObservationRegistry observations) {
        timeoutMillis = settings.timeout().toMillis();
        kept = client(settings, observations, DefaultConnectionReuseStrategy.INSTANCE);
        unkept = client(settings, observations, (request, response, context) -> false);
    }

    /** @param json missing unless the call succeeded */
    record Answer(int status, JsonNode json) {

        boolean isSuccess() {
            return status / 100 == 2;
        }
    }

    /**
     * Makes a call, and repeats it if its connection breaks, all within the time-out.
     *
     * @throws IOException if there is no whole answer in time
     */
    Answer call(HttpUriRequestBase request) throws IOException {
        var deadline = new CompletableFuture<@Nullable Void>().completeOnTimeout(null, timeoutMillis, MILLISECONDS);
        // The socket's time-out starts again with each byte.
        deadline.thenRun(request::cancel);
        try {
            return firstOrRepeated(request);
        } catch (IOException failed) {
            throw request.isCancelled()
                    ? new InterruptedIOException("no whole answer within " + timeoutMillis + " ms")
                    : failed;
        } finally {
            deadline.cancel(false);
        }
    }

    /** The first repeat too needs a new connection: the provider may have closed all that are kept. */
    private Answer firstOrRepeated(HttpUriRequestBase request) throws IOException {
        try {
            return kept.execute(request, this::answer);
        } catch (InterruptedIOException timeOut) {
            throw timeOut;
        } catch (IOException broken) {
            return repeated(request);
        }
    }

    private Answer repeated(HttpUriRequestBase request) throws IOException {
        try {
            return repeats.execute(() -> unkept.execute(request, this::answer));
        } catch (RetryException failed) {
            throw new IOException(failed.getCause());
        }
    }

    private Answer answer(ClassicHttpResponse response) throws IOException {
        var answer = new Answer(response.getCode(), MissingNode.getInstance());
        return answer.isSuccess() ? new Answer(answer.status(), json(response.getEntity())) : answer;
    }

    /** Without a length, a body that breaks off looks like a whole one: what is no JSON counts as broken off. */
    private JsonNode json(@Nullable HttpEntity body) throws IOException {
        if (body == null) {
            throw new ClientProtocolException("the answer is empty");
        }
        byte[] bytes = body.getContent().readNBytes(MAX_ANSWER_BYTES + 1);
        if (bytes.length == 0 || bytes.length > MAX_ANSWER_BYTES) {
            throw new ClientProtocolException("the answer has " + (bytes.length == 0 ? "no" : "too many") + " bytes");
        }
        try {
            return json.readTree(new String(bytes, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw new ClientProtocolException("the answer is not JSON", e);
        }
    }

    private static CloseableHttpClient client(
            PaymentSettings settings, ObservationRegistry observations, ConnectionReuseStrategy reuse) {
        var timeout = Timeout.of(settings.timeout());
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(settings.concurrency())
                .setMaxConnTotal(settings.concurrency())
                .setConnectionFactory(bounded())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(timeout)
                        .setSocketTimeout(timeout)
                        .build())
                .build();
        return HttpClients.custom()
                .setConnectionManager(connections)
                .setConnectionReuseStrategy(reuse)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(timeout)
                        .setResponseTimeout(timeout)
                        .build())
                .addExecInterceptorFirst("observation", new ObservationExecChainHandler(observations))
                .disableAutomaticRetries()
                .disableAuthCaching()
                .disableContentCompression()
                .disableRedirectHandling()
                .disableCookieManagement()
                .build();
    }

    private static ManagedHttpClientConnectionFactory bounded() {
        return ManagedHttpClientConnectionFactory.builder()
                .http1Config(Http1Config.custom()
                        .setMaxLineLength(MAX_HEADER_LINE_CHARACTERS)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .build())
                .build();
    }
}
