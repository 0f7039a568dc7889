package orderplatform.eventstore.commit;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import orderplatform.eventstore.log.Appends;
import orderplatform.eventstore.log.PostgresEventStorageEngine;
import orderplatform.eventstore.log.RecentlyUsed;
import orderplatform.eventstore.log.UnknownEventType;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.AggregateCacheEntry;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Aggregates that were loaded or changed lately, bounded in number. One may be out of date, because other nodes append
 * too: the batch that reads it from here has its version checked when it commits, and evicts it where it was. From then
 * on, or once this node has read what others appended, and while they go on, a batch applies it before it handles its
 * commands.
 */
public class AggregateCache implements Cache {

    /** Version of a stream of which nothing is at hand. */
    static final long NONE = -1;

    private static final Logger LOG = LoggerFactory.getLogger(AggregateCache.class);
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
        log.onRead(this::learn);
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
        var aggregate = aggregate(found);
        if (batch != null && aggregate != null) {
            batch.readFromMemory(key.toString(), aggregate.version());
        }
        return (V) found;
    }

    /** It is at hand: nothing is rebuilt. */
    private static @Nullable EventSourcedAggregate<?> aggregate(@Nullable Object entry) {
        var aggregate = entry instanceof AggregateCacheEntry<?> it ? it.recreateAggregate(null, null, null) : null;
        return aggregate == null || aggregate.version() == null ? null : aggregate;
    }

    /** Of the streams that have to be read before their aggregates are used: the version at hand, or {@link #NONE}. */
    Map<String, Long> versionsToReadAfter(Collection<String> streams) {
        var versions = new HashMap<String, Long>();
        for (var stream : streams) {
            if (!aggregates.containsKey(stream)) {
                versions.put(stream, NONE);
            } else if (contested.getIfPresent(stream) != null) {
                var aggregate = aggregate(aggregates.peek(stream));
                if (aggregate != null) {
                    versions.put(stream, aggregate.version());
                }
            }
        }
        return versions;
    }

    /**
     * Applies what others appended to a stream.
     *
     * @param read what there is since the version at hand; null where it was too much to be read with other streams
     */
    void catchUp(String stream, @Nullable List<DomainEventMessage<?>> read) {
        var aggregate = aggregate(aggregates.peek(stream));
        if (aggregate == null) {
            return;
        }
        try {
            var missed = read == null ? log.readEvents(stream, aggregate.version() + 1) : DomainEventStream.of(read);
            if (missed.hasNext()) {
                aggregate.initializeState(UnknownEventType.refuseIn(missed));
                contested.put(stream, true);
            }
        } catch (RuntimeException halfway) {
            LOG.debug("{} is forgotten, whoever needs it is told why it can't be read", stream, halfway);
            aggregates.remove(stream);
        }
    }

    /** By another thread than the aggregate's: the version may be an older one, and its stream is read in vain. */
    private void learn(DomainEventMessage<?> event) {
        var stream = event.getAggregateIdentifier();
        var known = aggregate(aggregates.peek(stream));
        if (known != null && known.version() < event.getSequenceNumber()) {
            contested.put(stream, true);
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
