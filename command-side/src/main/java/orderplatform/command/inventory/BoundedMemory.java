package orderplatform.command.inventory;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the newest entries and forgets the oldest, so that an aggregate's state does not grow with its history. It is part
 * of snapshots, whose reader makes an empty one and sets what is not final.
 */
class BoundedMemory<K, V> {

    private int limit;
    private LinkedHashMap<K, V> entries = new LinkedHashMap<>();

    private BoundedMemory() {}

    static <K, V> BoundedMemory<K, V> of(int limit) {
        var memory = new BoundedMemory<K, V>();
        memory.limit = limit;
        return memory;
    }

    boolean containsKey(K key) {
        return entries.containsKey(key);
    }

    @Nullable
    V get(K key) {
        return entries.get(key);
    }

    void put(K key, V value) {
        entries.put(key, value);
        if (entries.size() > limit) {
            entries.pollFirstEntry();
        }
    }
}
