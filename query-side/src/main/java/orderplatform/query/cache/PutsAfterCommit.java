package orderplatform.query.cache;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** What one transaction will have changed in one cache. */
class PutsAfterCommit<V> implements TransactionSynchronization {

    private final VersionedCache<V> cache;
    private final Map<String, Supplier<V>> views = new LinkedHashMap<>();

    private PutsAfterCommit(VersionedCache<V> cache) {
        this.cache = cache;
    }

    /** @throws IllegalStateException outside a transaction */
    @SuppressWarnings("unchecked") // the cache is the same, so its views are of the same type
    static <V> PutsAfterCommit<V> of(VersionedCache<V> cache) {
        for (TransactionSynchronization known : TransactionSynchronizationManager.getSynchronizations()) {
            if (known instanceof PutsAfterCommit<?> puts && puts.cache == cache) {
                return (PutsAfterCommit<V>) puts;
            }
        }
        var puts = new PutsAfterCommit<>(cache);
        TransactionSynchronizationManager.registerSynchronization(puts);
        return puts;
    }

    void add(String id, Supplier<V> view) {
        views.put(id, view);
    }

    @Override
    public void afterCommit() {
        views.forEach((id, view) -> cache.put(id, view.get()));
    }
}
