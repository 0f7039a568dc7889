package orderplatform.command.inventory;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import orderplatform.api.Sku;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Turns of the nodes at a hot SKU: a fair Redis lock with a lease that is renewed while its holder lives. A turn saves
 * work, it decides nothing: without Redis, or with a lease that was lost, the append still refuses a stale version.
 */
@Component
class SkuTurns {

    private static final Logger LOG = LoggerFactory.getLogger(SkuTurns.class);

    /** What ends a turn. */
    interface Turn extends AutoCloseable {

        Turn NONE = () -> {};

        @Override
        void close();
    }

    private final RedissonClient redis;
    private final CircuitBreaker breaker;
    private final HotSkuSettings settings;
    private final Timer waits;
    private final Counter without;

    SkuTurns(RedissonClient redis, CircuitBreaker hotSkuBreaker, HotSkuSettings settings, MeterRegistry meters) {
        this.redis = redis;
        this.breaker = hotSkuBreaker;
        this.settings = settings;
        this.waits = Timer.builder("orderplatform.sku.turns.wait")
                .description("Time that reservations of hot SKUs waited for the Redis lock")
                .register(meters);
        this.without = Counter.builder("orderplatform.sku.turns.missed")
                .description("Reservations of hot SKUs that went on without the Redis lock")
                .register(meters);
    }

    /** The turns that reservations of one commit share. */
    final class Shared implements AutoCloseable {

        private final Map<Sku, Turn> turns = new HashMap<>();

        /** Waits only with no turn in hand: two nodes that wait with one could wait for each other. */
        void take(Sku sku) {
            if (!turns.containsKey(sku)) {
                var mayWait = turns.values().stream().allMatch(Turn.NONE::equals);
                turns.put(sku, SkuTurns.this.take(sku, mayWait ? settings.turnWithin() : Duration.ZERO));
            }
        }

        @Override
        public void close() {
            turns.values().forEach(Turn::close);
        }
    }

    /** Waits for this node's turn, with a bound; goes on without one if Redis does not give it. */
    Turn take(Sku sku) {
        return take(sku, settings.turnWithin());
    }

    private Turn take(Sku sku, Duration within) {
        var start = System.nanoTime();
        try {
            return breaker.executeCallable(() -> lock(sku, within));
        } catch (CallNotPermittedException e) {
            return missed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return missed();
        } catch (Exception e) {
            LOG.warn("No turn at {} without Redis: {}", sku, e.toString());
            return missed();
        } finally {
            waits.record(System.nanoTime() - start, TimeUnit.NANOSECONDS);
        }
    }

    private Turn lock(Sku sku, Duration within) throws InterruptedException {
        var lock = redis.getFairLock("orderplatform:turn:" + sku);
        return lock.tryLock(within.toMillis(), TimeUnit.MILLISECONDS) ? () -> unlock(sku, lock) : missed();
    }

    private void unlock(Sku sku, RLock lock) {
        try {
            lock.unlock();
        } catch (RuntimeException e) {
            LOG.warn("The turn at {} had ended before it was given back: {}", sku, e.toString());
        }
    }

    private Turn missed() {
        without.increment();
        return Turn.NONE;
    }
}
