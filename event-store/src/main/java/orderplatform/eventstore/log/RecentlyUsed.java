package orderplatform.eventstore.log;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bounded memory that forgets what was not used for longest. What is new is always taken in: an order is asked for a
 * few times within seconds and then never again, so a memory that prefers what is asked for often, as Caffeine does,
 * forgets it before it is asked for at all.
 *
 * <p>May be used by many threads.
 */
public final class RecentlyUsed<K, V> {

    private final Map<K, V> entries;
    private long hits;
    private long misses;

    /** @param maximum number of entries, at least 1 */
    public RecentlyUsed(int maximum) {
        entries = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > maximum;
            }
        };
    }

    public synchronized @Nullable V get(K key) {
        var found = entries.get(key);
        if (found == null) {
            misses++;
        } else {
            hits++;
        }
        return found;
    }

    /** As {@link #get}, and not counted. */
    public synchronized @Nullable V peek(K key) {
        return entries.get(key);
    }

    public synchronized void put(K key, V value) {
        entries.put(key, value);
    }

    /** Whether there was something with this key. */
    public synchronized boolean remove(K key) {
        return entries.remove(key) != null;
    }

    public synchronized void removeAll(Collection<? extends K> keys) {
        keys.forEach(entries::remove);
    }

    /** How often something was found. */
    public synchronized long hits() {
        return hits;
    }

    /** How often nothing was found. */
    public synchronized long misses() {
        return misses;
    }
}
