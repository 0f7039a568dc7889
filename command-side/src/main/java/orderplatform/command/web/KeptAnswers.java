package orderplatform.command.web;

import static java.util.Objects.requireNonNullElse;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import orderplatform.api.Problem;
import orderplatform.eventstore.commit.Lane;
import orderplatform.eventstore.database.SqlArrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.SqlArrayValue;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * The table of first answers, kept for {@link IdempotencySettings#kept}. Answers that are given at the same time share a
 * commit.
 */
@Component
class KeptAnswers implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(KeptAnswers.class);
    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};
    private static final int QUEUE = 8_192;
    private static final int BATCH = 256;
    private static final Duration KEEP_TIMEOUT = Duration.ofSeconds(10);
    private static final String SELECT =
            "SELECT key, fingerprint, status, headers, body FROM idempotency_key WHERE key = ?";

    private final JdbcTemplate database;
    private final JsonMapper json;
    private final IdempotencySettings settings;
    private final Lane<Keeping> lane = new Lane<>("kept-answers", QUEUE, BATCH, this::keep, KeptAnswers::failed);

    KeptAnswers(JdbcTemplate database, JsonMapper json, IdempotencySettings settings) {
        this.database = database;
        this.json = json;
        this.settings = settings;
        lane.start();
    }

    /** @param fingerprint of the request that was answered */
    record Kept(String key, byte[] fingerprint, Answer answer) {}

    private record Keeping(Kept answer, CompletableFuture<Kept> first) {}

    @Nullable
    Kept find(String key) {
        return database.query(SELECT, this::kept, key).stream().findFirst().orElse(null);
    }

    /**
     * Keeps an answer unless there is one with its key, and returns the one that is kept.
     *
     * @throws Problem 503 if it is not known whether it was
     */
    Kept keep(Kept answer) {
        var keeping = new Keeping(answer, new CompletableFuture<>());
        if (!lane.offer(keeping)) {
            throw Problem.unavailable("Too many answers are waiting to be kept.");
        }
        try {
            return keeping.first().get(KEEP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw Problem.unavailable("The answer could not be kept.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The platform is stopping.");
        }
    }

    /** Leaves nothing for the next turn. */
    private List<Keeping> keep(List<Keeping> batch) {
        var first = new LinkedHashMap<String, Kept>();
        batch.forEach(keeping -> first.putIfAbsent(keeping.answer().key(), keeping.answer()));
        var inserted = insert(List.copyOf(first.values()));
        first.replaceAll((key, given) -> inserted.contains(key) ? given : requireNonNullElse(find(key), given));
        batch.forEach(
                keeping -> keeping.first().complete(first.get(keeping.answer().key())));
        return List.of();
    }

    /** Gives back the keys that were not there yet. */
    private Set<String> insert(List<Kept> answers) {
        return Set.copyOf(database.query(
                """
                INSERT INTO idempotency_key (key, fingerprint, answered_at, status, headers, body)
                SELECT key, fingerprint, ?, status, headers, body
                FROM unnest(?::text[], ?::bytea[], ?::int[], ?::text[], ?::text[])
                  AS given (key, fingerprint, status, headers, body)
                ORDER BY key
                ON CONFLICT DO NOTHING RETURNING key""",
                (row, number) -> row.getString(1),
                OffsetDateTime.now(ZoneOffset.UTC),
                SqlArrays.of("text", answers, Kept::key),
                new SqlArrayValue("bytea", (Object[])
                        answers.stream().map(Kept::fingerprint).toArray(byte[][]::new)),
                SqlArrays.of("int", answers, kept -> kept.answer().status()),
                SqlArrays.of(
                        "text",
                        answers,
                        kept -> json.writeValueAsString(kept.answer().headers())),
                SqlArrays.of("text", answers, kept -> kept.answer().body())));
    }

    private static void failed(Keeping keeping, Throwable cause) {
        LOG.warn("The answer to {} is not kept: {}", keeping.answer().key(), cause.toString());
        keeping.first().completeExceptionally(cause);
    }

    private Kept kept(ResultSet row, int number) throws SQLException {
        var headers = json.readValue(row.getString(4), HEADERS);
        return new Kept(row.getString(1), row.getBytes(2), new Answer(row.getInt(3), headers, row.getString(5)));
    }

    @Scheduled(fixedDelayString = "PT1H")
    void forgetOldKeys() {
        database.update(
                "DELETE FROM idempotency_key WHERE answered_at < ?",
                OffsetDateTime.now(ZoneOffset.UTC).minus(settings.kept()));
    }

    @Override
    public void destroy() throws InterruptedException {
        lane.stop();
    }
}
