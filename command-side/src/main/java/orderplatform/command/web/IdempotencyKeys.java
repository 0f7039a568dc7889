package orderplatform.command.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first answer to each {@code Idempotency-Key}, kept for {@link IdempotencySettings#kept}. A write whose node died before it answered is
 * done again when its key comes again; what it had appended is recognised by the aggregate.
 */
@Component
class IdempotencyKeys {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final JdbcClient database;
    private final JsonMapper json;
    private final IdempotencySettings settings;

    IdempotencyKeys(JdbcClient database, JsonMapper json, IdempotencySettings settings) {
        this.database = database;
        this.json = json;
        this.settings = settings;
    }

    private record Claim(
            byte[] fingerprint, Instant claimedAt, @Nullable Answer answer) {}

    Answer once(String key, byte[] request, Supplier<Answer> attempt) {
        var fingerprint = sha256(request);
        var now = Instant.now();
        if (!claim(key, fingerprint, now)) {
            var earlier = find(key);
            if (earlier.isPresent()) {
                var answer = answerOf(earlier.get(), fingerprint);
                if (answer != null) {
                    return answer;
                }
                takeOver(key, earlier.get(), now);
            }
        }
        return attempt(key, attempt);
    }

    private Answer attempt(String key, Supplier<Answer> attempt) {
        var answered = false;
        try {
            var answer = attempt.get();
            keep(key, answer);
            answered = true;
            return answer;
        } finally {
            if (!answered) {
                database.sql("DELETE FROM idempotency_key WHERE key = ? AND status IS NULL")
                        .param(key)
                        .update();
            }
        }
    }

    private boolean claim(String key, byte[] fingerprint, Instant now) {
        return database.sql(
                                "INSERT INTO idempotency_key (key, fingerprint, claimed_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
                        .params(key, fingerprint, now.atOffset(ZoneOffset.UTC))
                        .update()
                == 1;
    }

    private Optional<Claim> find(String key) {
        return database.sql("SELECT fingerprint, claimed_at, status, headers, body FROM idempotency_key WHERE key = ?")
                .param(key)
                .query((row, number) -> new Claim(
                        row.getBytes("fingerprint"),
                        row.getTimestamp("claimed_at").toInstant(),
                        row.getString("body") == null
                                ? null
                                : new Answer(
                                        row.getInt("status"),
                                        json.readValue(row.getString("headers"), HEADERS),
                                        row.getString("body"))))
                .optional();
    }

    private static @Nullable Answer answerOf(Claim claim, byte[] fingerprint) {
        if (!Arrays.equals(claim.fingerprint(), fingerprint)) {
            throw Problem.idempotency(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "idempotency-key-reused",
                    "The Idempotency-Key was used for another request.");
        }
        return claim.answer();
    }

    private void takeOver(String key, Claim claim, Instant now) {
        var taken = claim.claimedAt().plus(settings.attempt()).isBefore(now)
                && database.sql(
                                        "UPDATE idempotency_key SET claimed_at = ? WHERE key = ? AND status IS NULL AND claimed_at = ?")
                                .params(
                                        now.atOffset(ZoneOffset.UTC),
                                        key,
                                        claim.claimedAt().atOffset(ZoneOffset.UTC))
                                .update()
                        == 1;
        if (!taken) {
            throw Problem.idempotency(
                            HttpStatus.CONFLICT, "request-in-progress", "The first attempt with this key still runs.")
                    .retryAfterSeconds(1);
        }
    }

    private void keep(String key, Answer answer) {
        database.sql("UPDATE idempotency_key SET status = ?, headers = ?, body = ? WHERE key = ?")
                .params(answer.status(), json.writeValueAsString(answer.headers()), answer.body(), key)
                .update();
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forgetOldKeys() {
        database.sql("DELETE FROM idempotency_key WHERE claimed_at < ?")
                .param(Instant.now().minus(settings.kept()).atOffset(ZoneOffset.UTC))
                .update();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
