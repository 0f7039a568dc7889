package orderplatform.app.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** The platform's HTTP calls; asked again, with growing pauses, while the platform is busy or away. */
public final class PlatformClient implements AutoCloseable {

    /** Doubled from attempt to attempt. */
    public static final Duration FIRST_BACK_OFF = Duration.ofMillis(250);

    private static final int ATTEMPTS = 7;

    /** If nobody has ever listened: a command that was started before the platform says so within two seconds. */
    private static final int ATTEMPTS_TO_FIND_IT = 3;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    /** Longer than the 30 seconds that an order may wait for its outcome. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(45);

    private final String root;
    private final Duration firstPause;
    private final JsonMapper json = new JsonMapper();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();
    /** Once it is known to be away, the rest of an import fails at once instead of each part after all attempts. */
    private final AtomicBoolean away = new AtomicBoolean();

    private volatile boolean wasThere;

    /** @param firstPause before it asks for the second time; see {@link #FIRST_BACK_OFF} */
    public PlatformClient(URI root, Duration firstPause) {
        this.root = root.toString().replaceFirst("/+$", "");
        this.firstPause = firstPause;
    }

    /** @param body the JSON, or missing if the answer has none */
    public record Answer(int status, JsonNode body) {

        public boolean succeeded() {
            return status / 100 == 2;
        }

        public String text(String field) {
            return body.path(field).asString("");
        }

        /** What a problem document says, in one line. */
        public String problem() {
            String errors = body.has("errors") ? " " + body.get("errors") : "";
            return "%d %s%s".formatted(status, text("detail").isEmpty() ? text("title") : text("detail"), errors);
        }
    }

    /** @throws Unreachable if it does not answer */
    public Answer get(String path) throws Unreachable, InterruptedException {
        return send(request(path).GET().build());
    }

    /** Asks once, for what can be done without; empty if nobody answers. */
    public Optional<Answer> ask(String path) throws InterruptedException {
        try {
            var response = http.send(request(path).GET().build(), BodyHandlers.ofString());
            return Optional.of(new Answer(response.statusCode(), parse(response.body())));
        } catch (IOException noAnswer) {
            return Optional.empty();
        }
    }

    /**
     * Sends a body as JSON, again if the answer may be lost: it takes an {@code Idempotency-Key} to have one effect.
     *
     * @param headers name, value, name, value
     * @throws Unreachable if it does not answer
     */
    public Answer post(String path, Map<String, ?> body, String... headers) throws Unreachable, InterruptedException {
        HttpRequest.Builder request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.writeValueAsString(body)));
        return send(request.headers(headers).build());
    }

    /**
     * Asks once, and hands on the answer's body while it comes.
     *
     * @throws Unreachable if it does not answer
     */
    public HttpResponse<InputStream> open(String path) throws Unreachable, InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(root + path)).build(), BodyHandlers.ofInputStream());
        } catch (IOException noAnswer) {
            throw new Unreachable("no answer from " + root);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(root + path)).timeout(ANSWER_TIMEOUT);
    }

    private Answer send(HttpRequest request) throws Unreachable, InterruptedException {
        Duration pause = firstPause;
        for (int attempt = 1; !away.get(); attempt++) {
            boolean last = attempt == ATTEMPTS;
            try {
                var response = http.send(request, BodyHandlers.ofString());
                wasThere = true;
                boolean busy = response.statusCode() == 503 || response.statusCode() == 429;
                if (!busy || last) {
                    return new Answer(response.statusCode(), parse(response.body()));
                }
            } catch (IOException noAnswer) {
                last |= !wasThere && noAnswer instanceof ConnectException && attempt == ATTEMPTS_TO_FIND_IT;
                if (last) {
                    away.set(true);
                }
            }
            if (!last) {
                Thread.sleep(pause);
                pause = pause.multipliedBy(2);
            }
        }
        throw new Unreachable("no answer from " + root);
    }

    private JsonNode parse(String body) {
        try {
            return body.isBlank() ? MissingNode.getInstance() : json.readTree(body);
        } catch (JacksonException notJson) {
            return MissingNode.getInstance();
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
