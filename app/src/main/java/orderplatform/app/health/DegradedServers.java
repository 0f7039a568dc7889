package orderplatform.app.health;

import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.boot.amqp.health.RabbitHealthIndicator;
import org.springframework.boot.data.redis.health.DataRedisHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Redis and RabbitMQ are helpers: without them the platform is degraded, not down. */
@Configuration(proxyBeanMethods = false)
class DegradedServers {

    private static final Status DEGRADED = new Status("DEGRADED");

    @Bean
    HealthIndicator redisHealthContributor(RedisConnectionFactory redis) {
        return degraded(new DataRedisHealthIndicator(redis));
    }

    @Bean
    HealthIndicator rabbitHealthContributor(RabbitTemplate rabbit) {
        return degraded(new RabbitHealthIndicator(rabbit));
    }

    private static HealthIndicator degraded(HealthIndicator server) {
        return () -> {
            var health = server.health();
            return health != null && health.getStatus().equals(Status.DOWN)
                    ? Health.status(DEGRADED).withDetails(health.getDetails()).build()
                    : health;
        };
    }
}
