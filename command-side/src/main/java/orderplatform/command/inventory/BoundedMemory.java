package orderplatform.command.inventory;

import java.util.LinkedHashMap;
import java.util.Map;

/** Keeps the newest entries and forgets the oldest, so that an aggregate's state does not grow with its history. */
class BoundedMemory<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1;

    private final int limit;

    BoundedMemory(int limit) {
        this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > limit;
    }
}
