package orderplatform.query.cache;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import orderplatform.query.projections.LiveGenerations;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

/**
 * Views of one kind in Redis, each under the log position of the last event that changed it.
 *
 * <p>The rule by which an answer is never older than it may be:
 *
 * <ul>
 *   <li>A view is replaced only by one with a newer position, so a slow fill never undoes a newer write.
 *   <li>A look-up with a token takes a cached view only if its position is the token's or newer. Otherwise the rows,
 *       which have passed the token by then, answer and refill: a look-up with the token of a write always sees the write.
 *   <li>If Redis missed a write, a look-up without a token may be as old as the time to live, never older. The node
 *       that couldn't put a view remembers it (up to {@value #MAX_UNPUT}) and answers from the rows until a put works.
 *   <li>Each generation of the rows has views of its own, which say nothing of those of another. A look-up fills those of
 *       the generation that it began with.
 *   <li>Redis gone or slow: the rows answer. Nothing here throws because of Redis.
 * </ul>
 *
 * @param <V> the view, stored as JSON
 */
public final class VersionedCache<V> {

    private static final Logger LOG = LoggerFactory.getLogger(VersionedCache.class);
    private static final int MAX_UNPUT = 10_000;

    private final String name;
    private final IntSupplier generation;
    private final Class<V> type;
    private final ToLongFunction<V> position;
    private final RedisViews redis;
    private final JsonMapper json;
    private final Duration ttl;
    private final CacheLookups lookups;
    private final Set<String> unput = ConcurrentHashMap.newKeySet();

    VersionedCache(
            String name,
            IntSupplier generation,
            Class<V> type,
            ToLongFunction<V> position,
            RedisViews redis,
            JsonMapper json,
            Duration ttl,
            CacheLookups lookups) {
        this.name = name;
        this.generation = generation;
        this.type = type;
        this.position = position;
        this.redis = redis;
        this.json = json;
        this.ttl = ttl;
        this.lookups = lookups;
    }

    /**
     * The view as Redis has it, or else as the rows have it.
     *
     * @param token log position that the answer must not be older than; -1 if any will do
     * @param rows reads the view from PostgreSQL, if the projection has passed the token
     */
    public Optional<V> get(String id, long token, Supplier<Optional<V>> rows) {
        var key = prefix() + id;
        Optional<V> cached;
        try {
            cached = lookUp(id, key, token);
        } catch (RuntimeException e) {
            LOG.debug("Redis gave no view; the rows answer", e);
            lookups.error();
            return rows.get();
        }
        if (cached.isPresent()) {
            lookups.hit();
            return cached;
        }
        lookups.miss();
        Optional<V> loaded = rows.get();
        loaded.ifPresent(view -> put(id, key, view));
        return loaded;
    }

    /** Puts a view that is committed in PostgreSQL. */
    public void put(String id, V view) {
        put(id, prefix() + id, view);
    }

    private String prefix() {
        int live = generation.getAsInt();
        var first = "orderplatform:" + name + ":";
        return live == LiveGenerations.FIRST ? first : first + live + ":";
    }

    private void put(String id, String key, V view) {
        try {
            redis.put(key, position.applyAsLong(view), json.writeValueAsString(view), ttl);
        } catch (RuntimeException e) {
            LOG.debug("Redis took no view; the time to live bounds what is there", e);
            if (unput.size() < MAX_UNPUT) {
                unput.add(id);
            }
        }
    }

    /** Puts views that are committed in PostgreSQL, all in one go. */
    public void putAll(Map<String, V> views) {
        var prefix = prefix();
        try {
            redis.putAll(
                    views.entrySet().stream()
                            .map(view -> new RedisViews.Put(
                                    prefix + view.getKey(),
                                    position.applyAsLong(view.getValue()),
                                    json.writeValueAsString(view.getValue())))
                            .toList(),
                    ttl);
        } catch (RuntimeException e) {
            LOG.debug("Redis took no views; the time to live bounds what is there", e);
            views.keySet().stream().limit(Math.max(0, MAX_UNPUT - unput.size())).forEach(unput::add);
        }
    }

    private Optional<V> lookUp(String id, String key, long token) {
        if (unput.remove(id)) {
            return Optional.empty();
        }
        return redis.get(key)
                .map(value -> json.readValue(value, type))
                .filter(view -> position.applyAsLong(view) >= token);
    }
}
