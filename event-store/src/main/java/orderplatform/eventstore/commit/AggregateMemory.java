package orderplatform.eventstore.commit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import orderplatform.eventstore.log.PostgresEventStorageEngine;
import orderplatform.eventstore.log.RecentlyUsed;
import orderplatform.eventstore.log.UnknownEventType;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Aggregates that were loaded or changed lately, bounded in number. One may be out of date, because other nodes append
 * too: the batch that finds it here has its version checked by the append, and forgets it if it was. From then
 * on, or once this node has read what others appended, and while they go on, a batch applies it before it handles its
 * commands.
 */
final class AggregateMemory {

    /** Version of a stream of which nothing is at hand. */
    static final long NONE = -1;

    private static final Logger LOG = LoggerFactory.getLogger(AggregateMemory.class);
    private static final Duration CONTENTION_PERIOD = Duration.ofSeconds(10);

    private final RecentlyUsed<String, EventSourcedAggregate<?>> aggregates;
    private final Cache<String, Boolean> contested;
    private final PostgresEventStorageEngine log;

    AggregateMemory(int maximum, PostgresEventStorageEngine log, MeterRegistry meters) {
        aggregates = new RecentlyUsed<>(maximum);
        contested = Caffeine.newBuilder()
                .maximumSize(maximum)
                .expireAfterWrite(CONTENTION_PERIOD)
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

    /** One that has handled events. */
    Optional<EventSourcedAggregate<?>> find(String stream) {
        return withEvents(aggregates.get(stream));
    }

    private Optional<EventSourcedAggregate<?>> peek(String stream) {
        return withEvents(aggregates.peek(stream));
    }

    private static Optional<EventSourcedAggregate<?>> withEvents(@Nullable EventSourcedAggregate<?> found) {
        return Optional.<EventSourcedAggregate<?>>ofNullable(found).filter(it -> it.version() != null);
    }

    void add(String stream, EventSourcedAggregate<?> aggregate) {
        aggregates.put(stream, aggregate);
    }

    void forget(Collection<String> streams) {
        aggregates.removeAll(streams);
    }

    /** Of the streams that have to be read before their aggregates are used: the version at hand, or {@link #NONE}. */
    Map<String, Long> versionsToReadAfter(Collection<String> streams) {
        var versions = new HashMap<String, Long>();
        for (var stream : streams) {
            peek(stream)
                    .ifPresentOrElse(
                            aggregate -> {
                                if (contested.getIfPresent(stream) != null) {
                                    versions.put(stream, aggregate.version());
                                }
                            },
                            () -> versions.put(stream, NONE));
        }
        return versions;
    }

    /**
     * Applies what others appended to a stream.
     *
     * @param read what there is since the version at hand; null if it was too much to be read with other streams
     */
    void catchUp(String stream, @Nullable List<DomainEventMessage<?>> read) {
        peek(stream).ifPresent(aggregate -> catchUp(stream, aggregate, read));
    }

    private void catchUp(
            String stream, EventSourcedAggregate<?> aggregate, @Nullable List<DomainEventMessage<?>> read) {
        try {
            var missed = read == null ? log.readEvents(stream, aggregate.version() + 1) : DomainEventStream.of(read);
            if (missed.hasNext()) {
                aggregate.initializeState(UnknownEventType.refuseIn(missed));
                contested.put(stream, true);
            }
        } catch (RuntimeException halfway) {
            LOG.debug("{} is forgotten: the next command is told why it can't be read", stream, halfway);
            aggregates.removeAll(List.of(stream));
        }
    }

    /** By another thread than the aggregate's: the version may be an older one, and its stream is read in vain. */
    private void learn(DomainEventMessage<?> event) {
        var stream = event.getAggregateIdentifier();
        if (peek(stream).filter(it -> it.version() < event.getSequenceNumber()).isPresent()) {
            contested.put(stream, true);
        }
    }

    /** Others append to these streams, too. */
    void contested(Set<String> streams) {
        streams.forEach(stream -> contested.put(stream, true));
    }
}
