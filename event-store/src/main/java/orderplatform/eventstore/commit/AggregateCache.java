package orderplatform.eventstore.commit;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.function.ToDoubleFunction;
import orderplatform.eventstore.log.Appends;
import orderplatform.eventstore.log.RecentlyUsed;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.AggregateCacheEntry;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates that were loaded or changed lately, bounded in number. One may be out of date, because other nodes append
 * too: the batch that reads it from here has its version checked when it commits, and evicts it where it was.
 */
public class AggregateCache implements Cache {

    private final RecentlyUsed<Object, Object> aggregates;

    AggregateCache(int maximum, MeterRegistry meters) {
        aggregates = new RecentlyUsed<>(maximum);
        gets(meters, "hit", RecentlyUsed::hits);
        gets(meters, "miss", RecentlyUsed::misses);
    }

    private void gets(MeterRegistry meters, String result, ToDoubleFunction<RecentlyUsed<?, ?>> count) {
        FunctionCounter.builder("eventstore.aggregates", aggregates, count)
                .description("Aggregates looked for in memory")
                .tag("result", result)
                .register(meters);
    }

    @Override
    @SuppressWarnings("unchecked") // Axon asks for what it has put
    public <K, V> @Nullable V get(K key) {
        var found = aggregates.get(key);
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
        aggregates.removeAll(streams);
    }

    @Override
    public void put(Object key, Object value) {
        aggregates.put(key, value);
    }

    @Override
    public boolean putIfAbsent(Object key, Object value) {
        return aggregates.putIfAbsent(key, value);
    }

    @Override
    public boolean remove(Object key) {
        return aggregates.remove(key);
    }

    @Override
    public void removeAll() {
        aggregates.clear();
    }

    @Override
    public boolean containsKey(Object key) {
        return aggregates.containsKey(key);
    }

    /** Nobody is told: Axon's repositories do not listen. */
    @Override
    public Registration registerCacheEntryListener(EntryListener listener) {
        return () -> true;
    }
}
