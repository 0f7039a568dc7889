package orderplatform.command.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import orderplatform.api.Sku;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

class SoldOutHintsTest {

    private static TestRedis redis;
    private static LettuceConnectionFactory connections;
    private static SoldOutHints hints;

    private final Sku sku = new Sku("85123A-" + System.nanoTime());

    @BeforeAll
    static void start() {
        redis = new TestRedis();
        connections = connections(redis);
        hints = hints(connections);
    }

    @AfterAll
    static void stop() {
        connections.destroy();
        redis.close();
    }

    private static LettuceConnectionFactory connections(TestRedis redis) {
        var connections = new LettuceConnectionFactory(
                new RedisStandaloneConfiguration("127.0.0.1", redis.port),
                LettuceClientConfiguration.builder()
                        .commandTimeout(Duration.ofMillis(500))
                        .build());
        connections.afterPropertiesSet();
        connections.start();
        return connections;
    }

    private static SoldOutHints hints(LettuceConnectionFactory connections) {
        return new SoldOutHints(
                new StringRedisTemplate(connections),
                TestRedis.breaker(),
                TestRedis.settings(),
                new SimpleMeterRegistry());
    }

    @Test
    void nothing_is_sold_out_that_nobody_has_told_so() {
        assertThat(hints.isSoldOut(sku)).isFalse();
    }

    @Test
    void a_newer_version_replaces_a_hint() {
        hints.tell(sku, true, 7);
        assertThat(hints.isSoldOut(sku)).isTrue();
        hints.tell(sku, false, 8);
        assertThat(hints.isSoldOut(sku)).isFalse();
    }

    @Test
    void an_older_version_does_not_replace_a_hint() {
        hints.tell(sku, false, 10);
        hints.tell(sku, true, 9);
        assertThat(hints.isSoldOut(sku)).isFalse();
    }

    @Test
    void a_hint_is_forgotten_after_its_lifetime() {
        hints.tell(sku, true, 7);
        assertThat(hints.isSoldOut(sku)).isTrue();
        Awaitility.await("end of the hint").atMost(Duration.ofSeconds(3)).until(() -> !hints.isSoldOut(sku));
    }

    @Test
    void without_redis_nothing_is_sold_out() {
        var gone = new TestRedis();
        var clients = connections(gone);
        var hintsOfGone = hints(clients);
        hintsOfGone.tell(sku, true, 7);
        assertThat(hintsOfGone.isSoldOut(sku)).isTrue();
        gone.close();
        hintsOfGone.tell(sku, true, 8);
        assertThat(hintsOfGone.isSoldOut(sku)).isFalse();
        clients.destroy();
    }
}
