package orderplatform.eventstore.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.deadline.AbstractDeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.GenericDeadlineMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.Scope;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.modelling.saga.SagaScopeDescriptor;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Deadlines in the database, scheduled and cancelled with what the saga that does it writes. */
class BatchedDeadlines extends AbstractDeadlineManager {

    private final SagaTables tables;
    private final Serializer serializer;

    BatchedDeadlines(SagaTables tables, Serializer serializer) {
        this.tables = tables;
        this.serializer = serializer;
    }

    /** From now by the clock that events are stamped with; Axon would ask the machine's. */
    @Override
    public String schedule(Duration wait, String name, @Nullable Object messageOrPayload, ScopeDescriptor scope) {
        return schedule(GenericEventMessage.clock.instant().plus(wait), name, messageOrPayload, scope);
    }

    @Override
    public String schedule(Instant due, String name, @Nullable Object messageOrPayload, ScopeDescriptor scope) {
        var id = UUID.randomUUID();
        DeadlineMessage<Object> message =
                processDispatchInterceptors(GenericDeadlineMessage.asDeadlineMessage(name, messageOrPayload, due));
        runOnPrepareCommitOrNow(
                () -> SagaWrites.current(tables).schedule(id, idOf(scope), () -> row(id, due, name, scope, message)));
        return id.toString();
    }

    static String idOf(ScopeDescriptor scope) {
        return scope instanceof SagaScopeDescriptor saga
                ? String.valueOf(saga.getIdentifier())
                : scope.scopeDescription();
    }

    private DeadlineRow row(UUID id, Instant due, String name, ScopeDescriptor scope, DeadlineMessage<?> message) {
        var payload = message.getPayload();
        return new DeadlineRow(
                id,
                due,
                name,
                serializer.serialize(scope, String.class).getData(),
                scope.getClass().getName(),
                payload == null
                        ? null
                        : message.serializePayload(serializer, String.class).getData(),
                payload == null ? null : payload.getClass().getName(),
                message.serializeMetaData(serializer, String.class).getData());
    }

    @Override
    public void cancelSchedule(String name, String scheduleId) {
        var sagaId = idOf(Scope.describeCurrentScope());
        runOnPrepareCommitOrNow(() -> SagaWrites.current(tables).cancel(UUID.fromString(scheduleId), sagaId));
    }

    @Override
    public void cancelAll(String name) {
        runOnPrepareCommitOrNow(() -> tables.deleteDeadlines(name));
    }

    @Override
    public void cancelAllWithinScope(String name, ScopeDescriptor scope) {
        var scopeJson = serializer.serialize(scope, String.class).getData();
        runOnPrepareCommitOrNow(() -> tables.deleteDeadlines(name, scopeJson));
    }
}
