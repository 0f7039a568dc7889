package orderplatform.eventstore.saga;

import java.time.Instant;
import java.util.UUID;
import org.axonframework.deadline.AbstractDeadlineManager;
import org.axonframework.deadline.DeadlineMessage;
import org.axonframework.deadline.GenericDeadlineMessage;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Deadlines in the database, scheduled and cancelled with what the saga that does it writes. */
class BatchedDeadlines extends AbstractDeadlineManager {

    private final JdbcTemplate database;
    private final Serializer serializer;

    BatchedDeadlines(JdbcTemplate database, Serializer serializer) {
        this.database = database;
        this.serializer = serializer;
    }

    @Override
    public String schedule(Instant due, String name, @Nullable Object messageOrPayload, ScopeDescriptor scope) {
        var id = UUID.randomUUID();
        DeadlineMessage<Object> message =
                processDispatchInterceptors(GenericDeadlineMessage.asDeadlineMessage(name, messageOrPayload, due));
        runOnPrepareCommitOrNow(
                () -> SagaWrites.current(database).schedule(id, () -> row(id, due, name, scope, message)));
        return id.toString();
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
        runOnPrepareCommitOrNow(() -> SagaWrites.current(database).cancel(UUID.fromString(scheduleId)));
    }

    @Override
    public void cancelAll(String name) {
        runOnPrepareCommitOrNow(() -> database.update("DELETE FROM event_log.deadline WHERE name = ?", name));
    }

    @Override
    public void cancelAllWithinScope(String name, ScopeDescriptor scope) {
        var scopeJson = serializer.serialize(scope, String.class).getData();
        runOnPrepareCommitOrNow(() ->
                database.update("DELETE FROM event_log.deadline WHERE name = ? AND scope::text = ?", name, scopeJson));
    }
}
