package orderplatform.command.inventory;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import orderplatform.api.Sku;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import org.springframework.stereotype.Component;

/**
 * Remembers in Redis which SKUs have nothing left, so that a sold-out SKU refuses without being loaded. A hint carries
 * its stream version and is replaced only by a newer one. A command that puts stock back replaces the hint before it is
 * answered. If that fails, the hint lives on for its short lifetime.
 */
@Component
class SoldOutHints {

    private static final Logger LOG = LoggerFactory.getLogger(SoldOutHints.class);
    private static final RedisScript<Long> REPLACE_OLDER =
            RedisScript.of(new ClassPathResource("redis/replace-older-hint.lua"), Long.class);

    private final StringRedisTemplate redis;
    private final CircuitBreaker breaker;
    private final String lifetimeMillis;
    private final Counter refusals;

    SoldOutHints(
            StringRedisTemplate redis, CircuitBreaker hotSkuBreaker, HotSkuSettings settings, MeterRegistry meters) {
        this.redis = redis;
        this.breaker = hotSkuBreaker;
        this.lifetimeMillis = Long.toString(settings.hintLifetime().toMillis());
        this.refusals = Counter.builder("orderplatform.sku.hint.refusals")
                .description("Reservations refused by a sold-out hint")
                .register(meters);
    }

    /** Whether nothing is known to be left; false if Redis does not answer. */
    boolean isSoldOut(Sku sku) {
        var soldOut = withRedis(sku, () -> {
            var hint = redis.opsForHash().get(key(sku), "soldOut");
            return "1".equals(hint);
        });
        if (soldOut) {
            refusals.increment();
        }
        return soldOut;
    }

    /** @param version of the SKU's stream at which this was so */
    void tell(Sku sku, boolean soldOut, long version) {
        withRedis(sku, () -> {
            redis.execute(
                    REPLACE_OLDER, List.of(key(sku)), Long.toString(version), soldOut ? "1" : "0", lifetimeMillis);
            return true;
        });
    }

    private static String key(Sku sku) {
        return "orderplatform:sold-out:" + sku;
    }

    private boolean withRedis(Sku sku, Supplier<Boolean> call) {
        try {
            return breaker.executeSupplier(call);
        } catch (CallNotPermittedException e) {
            return false;
        } catch (RuntimeException e) {
            LOG.warn("No hint about {} without Redis: {}", sku, e.toString());
            return false;
        }
    }
}
