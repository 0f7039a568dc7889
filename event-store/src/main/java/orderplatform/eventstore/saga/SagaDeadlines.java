package orderplatform.eventstore.saga;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.axonframework.deadline.AbstractDeadlineManager;
import org.axonframework.deadline.GenericDeadlineMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.Scope;
import org.axonframework.messaging.ScopeDescriptor;
import org.axonframework.modelling.saga.SagaScopeDescriptor;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Deadlines of sagas that react in the commit, written with the saga that schedules or cancels them. */
final class SagaDeadlines extends AbstractDeadlineManager {

    private final SagaMemory memory;
    private final Serializer serializer;

    SagaDeadlines(SagaMemory memory, Serializer serializer) {
        this.memory = memory;
        this.serializer = serializer;
    }

    /** From now by the clock that events are stamped with; Axon would ask the machine's. */
    @Override
    public String schedule(Duration wait, String name, @Nullable Object messageOrPayload, ScopeDescriptor scope) {
        return schedule(GenericEventMessage.clock.instant().plus(wait), name, messageOrPayload, scope);
    }

    @Override
    public String schedule(Instant due, String name, @Nullable Object messageOrPayload, ScopeDescriptor scope) {
        var message =
                processDispatchInterceptors(GenericDeadlineMessage.asDeadlineMessage(name, messageOrPayload, due));
        var id = UUID.randomUUID().toString();
        sagaOf(scope).schedule(SagaDeadline.of(id, due, message, serializer));
        return id;
    }

    @Override
    public void cancelSchedule(String name, String scheduleId) {
        sagaOf(Scope.describeCurrentScope()).cancel(scheduleId);
    }

    @Override
    public void cancelAllWithinScope(String name, ScopeDescriptor scope) {
        sagaOf(scope).cancelAll(name);
    }

    /** @throws UnsupportedOperationException a saga cancels its own */
    @Override
    public void cancelAll(String name) {
        throw new UnsupportedOperationException("A saga cancels its own deadlines");
    }

    private LiveSaga sagaOf(ScopeDescriptor scope) {
        var saga = scope instanceof SagaScopeDescriptor of ? memory.find(String.valueOf(of.getIdentifier())) : null;
        if (saga == null) {
            throw new IllegalStateException(
                    "%s is no saga that reacts in the commit".formatted(scope.scopeDescription()));
        }
        return saga;
    }
}
