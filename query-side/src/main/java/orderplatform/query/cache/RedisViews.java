package orderplatform.query.cache;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.ReturnType;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * The hashes in Redis. Every call ends within the command time-out; after a few failures or slow answers calls fail at
 * once for {@link #BREAKER_OPEN}, so that a hanging Redis costs a few requests one time-out each and the others nothing.
 *
 * <p>Fails with an unchecked exception, of Spring Data or of the circuit breaker.
 */
@Component
class RedisViews {

    private static final String VIEW = "view";
    private static final int BREAKER_WINDOW_CALLS = 20;
    private static final int CALLS_BEFORE_JUDGING = 4;
    private static final int TRIAL_CALLS = 2;
    private static final Duration BREAKER_OPEN = Duration.ofSeconds(2);

    /** By its text: a script by its resource looks in the jar whether it has changed, each time that it is used. */
    private final RedisScript<Long> putNewer = RedisScript.of(
            RedisScript.of(new ClassPathResource("orderplatform/query/cache/put-newer.lua"))
                    .getScriptAsString(),
            Long.class);

    private final CircuitBreaker breaker = CircuitBreaker.of(
            "redis-views",
            CircuitBreakerConfig.custom()
                    .slidingWindowSize(BREAKER_WINDOW_CALLS)
                    .minimumNumberOfCalls(CALLS_BEFORE_JUDGING)
                    .permittedNumberOfCallsInHalfOpenState(TRIAL_CALLS)
                    .waitDurationInOpenState(BREAKER_OPEN)
                    .build());
    private final StringRedisTemplate redis;

    RedisViews(StringRedisTemplate redis) {
        this.redis = redis;
    }

    Optional<String> get(String key) {
        return breaker.executeSupplier(
                () -> Optional.ofNullable(redis.<String, String>opsForHash().get(key, VIEW)));
    }

    /** Leaves a view that is there if its position is the same or newer. */
    void put(String key, long position, String view, Duration ttl) {
        breaker.executeRunnable(() ->
                redis.execute(putNewer, List.of(key), Long.toString(position), view, Long.toString(ttl.toMillis())));
    }

    /** A view to put. */
    record Put(String key, long position, String view) {}

    /** The same for many, without waiting for each answer. */
    void putAll(List<Put> puts, Duration ttl) {
        breaker.executeRunnable(() -> redis.executePipelined(new PutNewer(puts, ttl)));
    }

    private final class PutNewer implements RedisCallback<Object> {

        private final byte[] script = bytes(putNewer.getScriptAsString());
        private final List<Put> puts;
        private final byte[] ttl;

        PutNewer(List<Put> puts, Duration ttl) {
            this.puts = puts;
            this.ttl = bytes(Long.toString(ttl.toMillis()));
        }

        @Override
        @SuppressWarnings("NullAway") // in a pipeline there is no answer yet, and none may be given
        public Object doInRedis(RedisConnection connection) {
            for (var put : puts) {
                var position = bytes(Long.toString(put.position()));
                connection
                        .scriptingCommands()
                        .eval(script, ReturnType.INTEGER, 1, bytes(put.key()), position, bytes(put.view()), ttl);
            }
            return null;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
