package orderplatform.query.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import orderplatform.query.QueryProperties;
import orderplatform.query.TestBroker;
import orderplatform.query.projections.LiveGenerations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import redis.embedded.RedisServer;
import tools.jackson.databind.json.JsonMapper;

class VersionedCacheTest {

    private static final long ANY = -1;
    private static final Duration TTL = Duration.ofSeconds(60);
    private static final Duration COMMAND_TIMEOUT = Duration.ofMillis(200);

    /** Of what is cached here, only the position matters to the cache. */
    record Shown(String text, long position) {}

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger rowReads = new AtomicInteger();
    private final AtomicInteger generation = new AtomicInteger(1);
    private int port;
    private RedisServer server;
    private LettuceConnectionFactory connections;
    private StringRedisTemplate redis;
    private VersionedCache<Shown> cache;
    private Shown row = new Shown("first", 1);

    @BeforeEach
    void start() throws IOException {
        port = TestBroker.freePort();
        server = new RedisServer(port);
        server.start();
        var properties = new QueryProperties(
                Duration.ofSeconds(2),
                Duration.ofMillis(20),
                new QueryProperties.Cache(TTL, COMMAND_TIMEOUT, Duration.ofMillis(500)));
        connections = connect(properties);
        redis = new StringRedisTemplate(connections);
        var json = JsonMapper.builder().build();
        LiveGenerations live = projection -> generation.get();
        var generations = new StaticListableBeanFactory(Map.of("live", live));
        cache = new VersionedCaches(
                        new RedisViews(redis),
                        json,
                        properties,
                        meters,
                        generations.getBeanProvider(LiveGenerations.class))
                .named("test", Shown.class, Shown::position);
    }

    private LettuceConnectionFactory connect(QueryProperties properties) {
        var configuration = new RedisClientConfiguration();
        var options = ClientOptions.builder();
        configuration.noCommandsForLater(properties).customize(options);
        var client = LettuceClientConfiguration.builder().clientOptions(options.build());
        configuration.shortCommands(properties).customize(client);
        var factory = new LettuceConnectionFactory(new RedisStandaloneConfiguration("127.0.0.1", port), client.build());
        factory.afterPropertiesSet();
        factory.start();
        return factory;
    }

    @AfterEach
    void stop() throws IOException {
        connections.destroy();
        server.stop();
    }

    @Test
    void views_of_another_generation_are_neither_shown_nor_in_the_way() {
        row = new Shown("old", 5);
        get(-1);
        generation.set(2);
        row = new Shown("new", 3);

        assertThat(get(-1)).isEqualTo(row);

        row = new Shown("newer", 4);
        assertThat(get(-1)).isEqualTo(new Shown("new", 3));
        cache.put("a", row);
        assertThat(get(-1)).isEqualTo(row);
    }

    private Shown get(long token) {
        return cache.get("a", token, () -> {
                    rowReads.incrementAndGet();
                    return Optional.of(row);
                })
                .orElseThrow();
    }

    private double lookups(String result) {
        return meters.get("orderplatform.cache.lookups")
                .tag("cache", "test")
                .tag("result", result)
                .counter()
                .count();
    }

    private void hangRedis(Duration time) {
        try (var other = RedisClient.create("redis://127.0.0.1:" + port)) {
            other.connect().sync().clientPause(time.toMillis());
        }
    }

    private boolean redisAnswers() {
        try {
            return redis.hasKey("orderplatform:test:a") != null;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    @Test
    void a_miss_is_filled_from_the_row_and_then_a_hit() {
        assertThat(get(ANY)).isEqualTo(row);
        assertThat(get(ANY)).isEqualTo(row);

        assertThat(rowReads).hasValue(1);
        assertThat(lookups("miss")).isEqualTo(1);
        assertThat(lookups("hit")).isEqualTo(1);
        assertThat(meters.get("orderplatform.cache.hit.ratio").gauge().value()).isEqualTo(0.5);
        assertThat(redis.getExpire("orderplatform:test:a")).isBetween(1L, TTL.toSeconds());
    }

    @Test
    void an_unknown_id_is_not_cached() {
        assertThat(cache.get("b", ANY, Optional::empty)).isEmpty();
        assertThat(redis.hasKey("orderplatform:test:b")).isFalse();
    }

    @Test
    void an_older_view_never_replaces_a_newer_one() {
        cache.put("a", new Shown("newer", 12));
        cache.put("a", new Shown("older", 9));

        assertThat(get(ANY)).isEqualTo(new Shown("newer", 12));
    }

    @Test
    void a_newer_view_replaces_an_older_one() {
        cache.put("a", new Shown("older", 9));
        cache.put("a", new Shown("newer", 12));

        assertThat(get(ANY)).isEqualTo(new Shown("newer", 12));
    }

    @Test
    void a_token_newer_than_the_cached_view_reads_the_row_and_refills() {
        cache.put("a", new Shown("first", 1));
        row = new Shown("second", 5);

        assertThat(get(5)).isEqualTo(row);
        assertThat(get(ANY)).isEqualTo(row);
        assertThat(get(5)).isEqualTo(row);
        assertThat(rowReads).hasValue(1);
    }

    @Test
    void a_stopped_redis_changes_no_answer_and_is_used_again_when_it_is_back() throws IOException {
        get(ANY);
        server.stop();
        row = new Shown("second", 2);
        cache.put("a", row);

        assertThat(get(ANY)).isEqualTo(row);

        server = new RedisServer(port);
        server.start();
        await().untilAsserted(() -> {
            double hits = lookups("hit");
            assertThat(get(ANY)).isEqualTo(row);
            assertThat(lookups("hit")).isGreaterThan(hits);
        });
    }

    @Test
    void a_write_that_a_hanging_redis_missed_is_shown_when_it_is_back() {
        get(ANY);
        hangRedis(Duration.ofMillis(700));
        row = new Shown("second", 2);
        cache.put("a", row);
        assertThat(get(ANY)).isEqualTo(row);
        await().until(this::redisAnswers);
        redis.opsForHash().put("orderplatform:test:a", "position", "1");
        redis.opsForHash().put("orderplatform:test:a", "view", "{\"text\":\"first\",\"position\":1}");

        assertThat(get(ANY)).isEqualTo(row);
        assertThat(get(ANY)).isEqualTo(row);
    }

    @Test
    void a_hanging_redis_slows_a_few_answers_and_no_more() {
        get(ANY);
        hangRedis(Duration.ofSeconds(30));
        long start = System.nanoTime();
        for (int i = 0; i < 100; i++) {
            assertThat(get(ANY)).isEqualTo(row);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(COMMAND_TIMEOUT.multipliedBy(8));
        assertThat(lookups("error")).isEqualTo(100);
    }
}
