package orderplatform.command.web;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponseException;
import tools.jackson.databind.json.JsonMapper;

/** Turns the outcome of a write into its answer, once for each idempotency key. */
@Component
public class Answers {

    private final IdempotencyKeys keys;
    private final JsonMapper json;

    Answers(IdempotencyKeys keys, JsonMapper json) {
        this.keys = keys;
        this.json = json;
    }

    /**
     * What a write answers with when it took effect.
     *
     * @param body as JSON; null for none
     */
    public record Written(HttpStatus status, @Nullable Object body, Map<String, String> headers) {

        /**
         * Of a command.
         *
         * @param version of the stream, for {@code ETag}
         * @param position in the log, for {@code Consistency-Token}
         * @param headers further headers
         */
        public static Written event(
                HttpStatus status, Object body, long version, long position, Map<String, String> headers) {
            var all = new TreeMap<>(headers);
            all.put(HttpHeaders.ETAG, "\"%d\"".formatted(version));
            all.put("Consistency-Token", Long.toString(position));
            return new Written(status, body, all);
        }

        public static Written ok(Object body) {
            return new Written(HttpStatus.OK, body, Map.of());
        }
    }

    /**
     * Does the write, or gives the first answer again where its key has been used for the same request.
     *
     * @param request what is asked for, path and body: the same key with another one is refused
     * @throws Problem 409 while the first attempt runs, 422 for another request
     */
    public ResponseEntity<String> once(WriteHeaders headers, Object request, Supplier<Written> write) {
        var key = headers.idempotencyKey();
        Supplier<Answer> attempt = () -> answer(write);
        var answer = key == null ? attempt.get() : keys.once(key, json.writeValueAsBytes(request), attempt);
        return answer.toResponse();
    }

    private Answer answer(Supplier<Written> write) {
        try {
            return answer(write.get());
        } catch (ErrorResponseException refusal) {
            if (refusal.getStatusCode().is5xxServerError()) {
                throw refusal;
            }
            return new Answer(
                    refusal.getStatusCode().value(),
                    Map.of(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE),
                    json.writeValueAsString(refusal.getBody()));
        }
    }

    private Answer answer(Written written) {
        if (written.body() == null) {
            return new Answer(written.status().value(), written.headers(), "");
        }
        var headers = new TreeMap<>(written.headers());
        headers.put(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
        return new Answer(written.status().value(), headers, json.writeValueAsString(written.body()));
    }
}
