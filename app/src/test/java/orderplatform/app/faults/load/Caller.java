package orderplatform.app.faults.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import orderplatform.app.faults.stand.Stand;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the nodes as a shop does, and writes down what it asked and was answered. */
public final class Caller {

    private static final int OK = 200;
    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(12);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECTS_WITHIN)
            .build();
    private final Stand stand;
    private final History history;

    public Caller(Stand stand, History history) {
        this.stand = stand;
        this.history = history;
    }

    public record Answer(int status, String etag, String token, String body) {

        /** What will not change when it is asked again: neither busy nor failed. */
        public boolean isFinal() {
            return status < 500 && status != 429 && !body.contains("/problems/request-in-progress");
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    /** Whether the node wants to be given requests, as a load balancer asks it. */
    boolean isReady(int node) throws InterruptedException {
        var address = "http://127.0.0.1:%d/actuator/health/readiness"
                .formatted(stand.node(node).managementPort());
        var request = HttpRequest.newBuilder(URI.create(address))
                .timeout(ANSWERS_WITHIN)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException down) {
            return false;
        }
    }

    /** Empty if no answer came. */
    public Optional<Answer> get(int node, String path, Map<String, String> headers) throws InterruptedException {
        return call(node, path, headers, "");
    }

    public Optional<Answer> post(int node, String path, Map<String, String> headers, String body)
            throws InterruptedException {
        return call(node, path, headers, body);
    }

    private Optional<Answer> call(int node, String path, Map<String, String> headers, String body)
            throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:%d%s".formatted(stand.door(node).port(), path)))
                .timeout(ANSWERS_WITHIN);
        headers.forEach(request::header);
        var asked = new LinkedHashMap<String, Object>(Map.of("node", node, "path", path));
        asked.putAll(headers);
        if (!body.isEmpty()) {
            asked.put("body", body);
            request.header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
        }
        return send(history.asked(asked), request.build());
    }

    private Optional<Answer> send(long call, HttpRequest request) throws InterruptedException {
        try {
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            var answer = new Answer(
                    response.statusCode(),
                    header(response, "ETag"),
                    header(response, "Consistency-Token"),
                    response.body());
            history.answered(
                    call,
                    Map.of("status", answer.status, "etag", answer.etag, "token", answer.token, "body", answer.body));
            return Optional.of(answer);
        } catch (IOException lost) {
            history.lost(call, lost);
            return Optional.empty();
        }
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
