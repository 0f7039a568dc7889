package orderplatform.app.faults.checker.trace;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client's call.
 *
 * @param answer empty if none came
 */
public record Call(Instant at, String path, String key, String token, String body, Optional<Answer> answer) {

    public record Answer(int status, String etag, String token, String body) {

        static Answer of(JsonNode line) {
            return new Answer(
                    line.path("status").asInt(),
                    line.path("etag").asString(""),
                    line.path("token").asString(""),
                    line.path("body").asString(""));
        }

        public boolean isAccepted() {
            return status / 100 == 2;
        }

        /** That the platform was busy or failing says nothing of the write. */
        public boolean isFinal() {
            return status < 500 && status != 429 && !body.contains("/problems/request-in-progress");
        }

        public long version() {
            return Long.parseLong(etag.replace("\"", ""));
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(body);
        }
    }

    static Call of(JsonNode asked, Map<Long, JsonNode> answers) {
        return new Call(
                Instant.parse(asked.path("at").asString()),
                asked.path("path").asString(),
                asked.path("Idempotency-Key").asString(""),
                asked.path("Consistency-Token").asString(""),
                asked.path("body").asString(""),
                Optional.ofNullable(answers.get(asked.path("call").asLong())).map(Answer::of));
    }

    public boolean isWrite() {
        return !key.isEmpty();
    }

    /** The part of the path behind its first two, which names what the call is about. */
    public String subject() {
        return path.split("/", -1)[3];
    }

    public JsonNode json() {
        return JsonMapper.shared().readTree(body);
    }
}
