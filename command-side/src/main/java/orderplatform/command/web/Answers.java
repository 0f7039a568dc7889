package orderplatform.command.web;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import orderplatform.api.Problem;
import orderplatform.eventstore.Sha256;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
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
     * Does the write, or gives the first answer again if its key has been used for the same request.
     *
     * @param request what is asked for, path and body: the same key with another one is refused
     * @throws Problem 409 while the first attempt runs, 422 for another request
     */
    public ResponseEntity<String> once(WriteHeaders headers, Object request, Supplier<Written> write) {
        return once(headers, request, id -> write.get());
    }

    /**
     * The same for a write of which an attempt may have taken effect without an answer.
     *
     * @param write is given an id for its command: the same for the same key and request, whichever attempt it is and
     *     whatever has changed since the first one
     */
    public ResponseEntity<String> once(WriteHeaders headers, Object request, Function<String, Written> write) {
        var key = headers.idempotencyKey();
        if (key == null) {
            return answer(() -> write.apply(UUID.randomUUID().toString())).toResponse();
        }
        var asked = json.writeValueAsBytes(request);
        var id = commandId(key, asked);
        return keys.once(key, asked, () -> answer(() -> write.apply(id))).toResponse();
    }

    /** Takes both to make: the key alone does not lead to an order. */
    private static String commandId(String key, byte[] request) {
        var digest = Sha256.digest();
        digest.update(key.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        var hash = ByteBuffer.wrap(digest.digest(request));
        return new UUID(hash.getLong(), hash.getLong()).toString();
    }

    private Answer answer(Supplier<Written> write) {
        try {
            return answer(write.get());
        } catch (Problem refusal) {
            int status = refusal.type().status();
            if (HttpStatusCode.valueOf(status).is5xxServerError()) {
                throw refusal;
            }
            return new Answer(
                    status,
                    Map.of(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE),
                    json.writeValueAsString(refusal.details(path())));
        }
    }

    /** Of the request that this thread serves. */
    private static String path() {
        var request = (ServletRequestAttributes) RequestContextHolder.currentRequestAttributes();
        return request.getRequest().getRequestURI();
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
