package orderplatform.eventstore.saga;

import java.util.HashSet;
import java.util.Set;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** A saga in memory, changed in place by its handlers, and what is known of its row. */
final class LiveSaga {

    private static final long NO_ROW = -1;

    private final String id;
    private final String type;
    private final Object saga;
    private final Set<AssociationValue> associations;
    private final Serializer serializer;
    private long version;
    private @Nullable String stored;

    private LiveSaga(
            String id,
            String type,
            Object saga,
            Set<AssociationValue> associations,
            Serializer serializer,
            long version,
            @Nullable String stored) {
        this.id = id;
        this.type = type;
        this.saga = saga;
        this.associations = new HashSet<>(associations);
        this.serializer = serializer;
        this.version = version;
        this.stored = stored;
    }

    /** One that has just begun. */
    static LiveSaga begun(
            String id, String type, Object saga, Set<AssociationValue> associations, Serializer serializer) {
        return new LiveSaga(id, type, saga, associations, serializer, NO_ROW, null);
    }

    /** As its row has it. */
    static LiveSaga loaded(
            String id,
            String type,
            Object saga,
            Set<AssociationValue> associations,
            Serializer serializer,
            long version,
            String state) {
        return new LiveSaga(id, type, saga, associations, serializer, version, state);
    }

    String id() {
        return id;
    }

    String type() {
        return type;
    }

    Object saga() {
        return saga;
    }

    Set<AssociationValue> associations() {
        return associations;
    }

    boolean hasRow() {
        return version != NO_ROW;
    }

    /** That of its row. */
    long version() {
        return version;
    }

    String state() {
        return serializer.serialize(saga, String.class).getData();
    }

    /** False where its handlers have left it as it was loaded: a deadline that only sends a command is in nobody's way. */
    boolean isOtherThan(String state) {
        return !state.equals(stored);
    }

    /** Its row is one version on. */
    void written() {
        version++;
        stored = null;
    }
}
