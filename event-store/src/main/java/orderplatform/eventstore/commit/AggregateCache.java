package orderplatform.eventstore.commit;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.cache.CaffeineCacheMetrics;
import java.util.Collection;
import orderplatform.eventstore.log.Appends;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.AggregateCacheEntry;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates that were loaded or changed lately, bounded in number. One may be out of date, because other nodes append
 * too: the batch that reads it from here has its version checked when it commits, and evicts it where it was.
 */
public class AggregateCache implements Cache {

    private final com.github.benmanes.caffeine.cache.Cache<Object, Object> aggregates;

    AggregateCache(int maximum, MeterRegistry meters) {
        aggregates = Caffeine.newBuilder().maximumSize(maximum).recordStats().build();
        CaffeineCacheMetrics.monitor(meters, aggregates, "eventstore.aggregates");
    }

    @Override
    @SuppressWarnings("unchecked") // Axon asks for what it has put
    public <K, V> @Nullable V get(K key) {
        var found = aggregates.getIfPresent(key);
        if (found instanceof AggregateCacheEntry<?> entry) {
            noteVersion(key, entry);
        }
        return (V) found;
    }

    private static void noteVersion(Object key, AggregateCacheEntry<?> entry) {
        var batch = Appends.current();
        // Its only use is to tell the version: the aggregate is at hand and nothing is rebuilt.
        var version = entry.recreateAggregate(null, null, null).version();
        if (batch != null && version != null) {
            batch.readFromMemory(key.toString(), version);
        }
    }

    void evict(Collection<String> streams) {
        aggregates.invalidateAll(streams);
    }

    @Override
    public void put(Object key, Object value) {
        aggregates.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return aggregates.asMap().putIfAbsent(key, value) == null;
    }

    @Override
    public boolean remove(Object key) {
        return aggregates.asMap().remove(key) != null;
    }

    @Override
    public void removeAll() {
        aggregates.invalidateAll();
    }

    @Override
    public boolean containsKey(Object key) {
        return aggregates.asMap().containsKey(key);
    }

    /** Nobody is told: Axon's repositories do not listen. */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        return () -> true;
    }
}
