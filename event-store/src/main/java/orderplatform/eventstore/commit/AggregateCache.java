package orderplatform.eventstore.commit;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import orderplatform.eventstore.log.Appends;
import orderplatform.eventstore.log.PostgresEventStorageEngine;
import orderplatform.eventstore.log.RecentlyUsed;
import orderplatform.eventstore.log.UnknownEventType;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventsourcing.AggregateCacheEntry;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.jspecify.annotations.Nullable;

/**
 * Aggregates that were loaded or changed lately, bounded in number. One may be out of date, because other nodes append
 * too: the batch that reads it from here has its version checked when it commits, and evicts it where it was. From then
 * on, while others go on appending to its stream, what they appended is applied before it is handed out.
 */
public class AggregateCache implements Cache {

    private static final Duration CONTESTED_FOR = Duration.ofSeconds(10);

    private final RecentlyUsed<Object, Object> aggregates;
    private final com.github.benmanes.caffeine.cache.Cache<String, Boolean> contested;
    private final PostgresEventStorageEngine log;

    AggregateCache(int maximum, PostgresEventStorageEngine log, MeterRegistry meters) {
        aggregates = new RecentlyUsed<>(maximum);
        contested = Caffeine.newBuilder()
                .maximumSize(maximum)
                .expireAfterWrite(CONTESTED_FOR)
                .build();
        this.log = log;
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
        var batch = Appends.current();
        if (batch != null) {
            var isNew = batch.meets(key.toString());
            // The aggregate is at hand and nothing is rebuilt.
            var aggregate = found instanceof AggregateCacheEntry<?> it ? it.recreateAggregate(null, null, null) : null;
            if (aggregate != null && aggregate.version() != null) {
                if (isNew && contested.getIfPresent(key.toString()) != null) {
                    catchUp(key.toString(), aggregate);
                }
                batch.readFromMemory(key.toString(), aggregate.version());
            }
        }
        return (V) found;
    }

    private void catchUp(String stream, EventSourcedAggregate<?> aggregate) {
        try {
            var missed = log.readEvents(stream, aggregate.version() + 1);
            if (missed.hasNext()) {
                aggregate.initializeState(UnknownEventType.refuseIn(missed));
                contested.put(stream, true);
            }
        } catch (RuntimeException halfway) {
            aggregates.remove(stream);
            throw halfway;
        }
    }

    /** Others append to these streams, too. */
    void contested(Set<String> streams) {
        streams.forEach(stream -> contested.put(stream, true));
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
