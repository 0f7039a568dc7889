package orderplatform.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Speaks HTTP with a platform, wherever it runs. */
public abstract class Client implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(90);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(45);

    private final HttpClient http;
    private final Client management;

    protected Client() {
        http = HttpClient.newHttpClient();
        management = new Management(this);
    }

    private Client(HttpClient http) {
        this.http = http;
        management = this;
    }

    private static final class Management extends Client {

        private final Client platform;

        Management(Client platform) {
            super(platform.http);
            this.platform = platform;
        }

        @Override
        protected int port() {
            return platform.managementPort();
        }

        @Override
        protected int managementPort() {
            return platform.managementPort();
        }
    }

    /** An answer, its body read as JSON; missing if there is none. */
    public record Answer(HttpResponse<String> response, JsonNode body) {

        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        public String text(String field) {
            return body.path(field).asString(null);
        }

        public long number(String field) {
            return body.path(field).asLong();
        }

        /** The answer, of which the test expects this status. */
        public Answer expect(int status) {
            assertThat(status()).as(response.body()).isEqualTo(status);
            return this;
        }
    }

    /** The port that the platform listens on now. */
    protected abstract int port();

    /** The port on which the platform answers its operators' tools now. */
    protected abstract int managementPort();

    /** Speaks with the management port; ends with this client. */
    public Client management() {
        return management;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port(), path));
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    /** Sends a body with headers given as name, value, name, value. */
    public Answer post(String path, Object body, String... headers) {
        var json = body instanceof String text ? text : JSON.writeValueAsString(body);
        return send(request(path, headers)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    public Answer delete(String path, String... headers) {
        return send(request(path, headers).DELETE());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(uri(path)).timeout(ANSWERS_WITHIN);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            boolean isJson =
                    response.headers().firstValue("Content-Type").orElse("").matches("application/(.+\\+)?json.*");
            return new Answer(response, isJson ? JSON.readTree(response.body()) : JSON.missingNode());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A SKU that no other test has, with pieces on hand. */
    public String stocked(long quantity) {
        var sku = newId("SKU");
        post("/api/stock/%s/receipts".formatted(sku), Map.of("quantity", quantity))
                .expect(201);
        return sku;
    }

    public static String newId(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 18);
    }

    /** Places an order for one SKU at 2.55 a piece, by a customer, and waits for its outcome. */
    public Answer order(String customerId, String sku, int quantity, String... headers) {
        var key = new String[] {"Idempotency-Key", newId("key"), "Prefer", "wait=30"};
        return post(
                "/api/orders",
                orderOf(customerId, sku, quantity),
                Stream.concat(Stream.of(key), Stream.of(headers)).toArray(String[]::new));
    }

    public static String orderOf(String customerId, String sku, int quantity) {
        return """
                {"customerId":"%s","currency":"GBP","lines":[{"sku":"%s","quantity":%d,"unitPrice":255}]}""".formatted(customerId, sku, quantity);
    }

    /** Looks at a resource until it is as wanted. */
    public Answer await(String path, Predicate<Answer> wanted) {
        return Awaitility.await(path)
                .atMost(SETTLES_WITHIN)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> get(path), wanted);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
