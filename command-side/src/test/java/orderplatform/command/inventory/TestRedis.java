package orderplatform.command.inventory;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import org.redisson.api.RedissonClient;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import redis.embedded.RedisServer;

/** A Redis that a test starts and stops, and the clients of nodes that use it. */
final class TestRedis implements AutoCloseable {

    final int port;
    private final RedisServer server;

    TestRedis() {
        try (var probe = new ServerSocket(0)) {
            port = probe.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            server = new RedisServer(port);
            server.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HotSkuSettings settings() {
        return settings(Duration.ofSeconds(5));
    }

    private static HotSkuSettings settings(Duration turnWithin) {
        return new HotSkuSettings(
                4, Duration.ofMillis(900), turnWithin, Duration.ofMillis(200), Duration.ofMillis(700));
    }

    /** The lock client of one node. */
    RedissonClient client() {
        return new HotSkuRedis().redisson(new Address(port), settings());
    }

    static CircuitBreaker breaker() {
        return new HotSkuRedis().hotSkuBreaker();
    }

    static SkuTurns turns(RedissonClient client) {
        return turns(client, settings().turnWithin());
    }

    static SkuTurns turns(RedissonClient client, Duration turnWithin) {
        return new SkuTurns(client, breaker(), settings(turnWithin), new SimpleMeterRegistry());
    }

    private record Address(int port) implements DataRedisConnectionDetails {

        @Override
        public Standalone getStandalone() {
            return Standalone.of("127.0.0.1", port);
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
