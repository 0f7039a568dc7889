package orderplatform.eventstore.saga;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import orderplatform.eventstore.log.RecentlyUsed;
import orderplatform.eventstore.log.SagaChange;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** The sagas that were used lately, and those that the batch under way has changed. Used by the lane's thread alone. */
final class SagaMemory {

    private final Serializer serializer;
    private final RecentlyUsed<String, LiveSaga> stored;
    private final Map<String, LiveSaga> changed = new LinkedHashMap<>();
    private Map<String, SagaTable.Stored> ahead = Map.of();
    private List<SagaChange> changes = List.of();

    /** @param maximum sagas in memory, beside those of the batch under way */
    SagaMemory(Serializer serializer, int maximum) {
        this.serializer = serializer;
        this.stored = new RecentlyUsed<>(maximum);
    }

    /** Also one that the batch has ended. */
    @Nullable
    LiveSaga find(String id) {
        var found = changed.get(id);
        return found == null ? stored.get(id) : found;
    }

    void readAhead(Map<String, SagaTable.Stored> found) {
        ahead = found;
    }

    /** What is stored of a saga, if that was read ahead for the batch under way. */
    Optional<SagaTable.Stored> ahead(String id) {
        return Optional.ofNullable(ahead.get(id));
    }

    /** Its row is at this version. One that is at another is read again, but for what the batch makes of it. */
    void expect(String id, long version) {
        var found = changed.containsKey(id) ? null : stored.peek(id);
        if (found != null && found.version() != version) {
            stored.remove(id);
        }
    }

    void add(LiveSaga read) {
        stored.put(read.id(), read);
    }

    /** It is about to be changed. */
    void change(LiveSaga saga) {
        changed.put(saga.id(), saga);
    }

    /** What the append is to write. */
    List<SagaChange> changes() {
        changes = changed.values().stream()
                .filter(LiveSaga::isStored)
                .map(saga -> saga.change(serializer))
                .toList();
        return changes;
    }

    /** They are read again when they are needed again. */
    void forget(Set<String> ids) {
        changed.keySet().removeAll(ids);
        stored.removeAll(ids);
    }

    /** What was given last is stored. */
    void committed() {
        for (var change : changes) {
            Objects.requireNonNull(changed.get(change.id())).written(change);
        }
        changed.values().forEach(saga -> {
            if (saga.isOver()) {
                stored.remove(saga.id());
            } else {
                stored.put(saga.id(), saga);
            }
        });
        clear();
    }

    /** The batch is not stored. */
    void drop() {
        stored.removeAll(changed.keySet());
        clear();
    }

    private void clear() {
        changed.clear();
        ahead = Map.of();
        changes = List.of();
    }
}
