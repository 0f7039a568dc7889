package orderplatform.command.inventory;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The lock client, and the circuit breaker that keeps a dead or slow Redis from holding up reservations. */
@Configuration(proxyBeanMethods = false)
class HotSkuRedis {

    private static final int CALLS_WATCHED = 20;
    private static final Duration BREAKER_OPEN = Duration.ofSeconds(2);

    @Bean(destroyMethod = "shutdown")
    RedissonClient redisson(DataRedisConnectionDetails redis, HotSkuSettings settings) {
        var server = redis.getStandalone();
        if (server == null) {
            throw new IllegalStateException("Hot SKUs need a standalone Redis: configure spring.data.redis.host");
        }
        var timeout = (int) settings.redisTimeout().toMillis();
        var config = new Config()
                .setUsername(redis.getUsername())
                .setPassword(redis.getPassword())
                .setLazyInitialization(true)
                .setLockWatchdogTimeout(settings.lease().toMillis());
        config.useSingleServer()
                .setAddress("redis://%s:%d".formatted(server.getHost(), server.getPort()))
                .setDatabase(server.getDatabase())
                .setTimeout(timeout)
                .setConnectTimeout(timeout)
                .setRetryAttempts(0)
                .setConnectionMinimumIdleSize(1)
                .setConnectionPoolSize(16);
        return Redisson.create(config);
    }

    @Bean
    CircuitBreaker hotSkuBreaker() {
        return CircuitBreaker.of(
                "hot-skus",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(CALLS_WATCHED)
                        .minimumNumberOfCalls(CALLS_WATCHED / 2)
                        .waitDurationInOpenState(BREAKER_OPEN)
                        .build());
    }
}
