package orderplatform.eventstore.saga;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import orderplatform.eventstore.log.SagaChange;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.annotation.NoMoreInterceptors;
import org.axonframework.modelling.saga.AnnotatedSaga;
import org.axonframework.modelling.saga.AssociationValue;
import org.axonframework.modelling.saga.metamodel.SagaModel;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** A saga in memory, changed in place by its handlers, its deadlines, and the version of its row. */
final class LiveSaga {

    private final AnnotatedSaga<Object> saga;
    private final String type;
    private final List<SagaDeadline> deadlines;
    private long version;

    /** @param version of its row, or {@link SagaChange#NO_ROW} */
    LiveSaga(String id, Object saga, SagaModel<Object> model, List<SagaDeadline> deadlines, long version) {
        this.saga = new AnnotatedSaga<>(id, Set.of(), saga, model, NoMoreInterceptors.instance());
        this.type = saga.getClass().getSimpleName();
        this.deadlines = new ArrayList<>(deadlines);
        this.version = version;
    }

    String id() {
        return saga.getSagaIdentifier();
    }

    /** That of its row. */
    long version() {
        return version;
    }

    /** Its row does not name the property that it is associated by; each event does. */
    void associate(AssociationValue value) {
        saga.getAssociationValues().add(value);
    }

    @Nullable
    Object handle(EventMessage<?> event) {
        return saga.handle(event);
    }

    boolean isOver() {
        return !saga.isActive();
    }

    void schedule(SagaDeadline deadline) {
        deadlines.add(deadline);
    }

    void cancel(String deadlineId) {
        deadlines.removeIf(deadline -> deadline.id().equals(deadlineId));
    }

    void cancelAll(String name) {
        deadlines.removeIf(deadline -> deadline.name().equals(name));
    }

    /** Whether its first deadline is due by then. */
    boolean isDue(Instant by) {
        return first().filter(deadline -> deadline.dueMicros() <= SagaDeadline.micros(by))
                .isPresent();
    }

    SagaDeadline takeFirst() {
        var first = first().orElseThrow();
        deadlines.remove(first);
        return first;
    }

    private Optional<SagaDeadline> first() {
        return SagaDeadline.first(deadlines);
    }

    /** Whether it has a row to write or to delete. */
    boolean isStored() {
        return !isOver() || version != SagaChange.NO_ROW;
    }

    SagaChange change(Serializer serializer) {
        return isOver()
                ? new SagaChange(id(), type, version, version, null, "", null)
                : new SagaChange(
                        id(),
                        type,
                        version,
                        nextVersion(),
                        serializer.serialize(saga.root(), String.class).getData(),
                        serializer
                                .serialize(new SagaDeadline.All(deadlines), String.class)
                                .getData(),
                        first().map(SagaDeadline::due).orElse(null));
    }

    /** Counts on from the moment of the first write: a saga that begins again under its id is at no version of the one before. */
    private long nextVersion() {
        return version == SagaChange.NO_ROW ? SagaDeadline.micros(GenericEventMessage.clock.instant()) : version + 1;
    }

    /** Its row is as it was given last. */
    void written(SagaChange change) {
        version = change.version();
    }
}
