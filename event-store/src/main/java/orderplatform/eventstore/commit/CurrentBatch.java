package orderplatform.eventstore.commit;

import java.util.List;
import java.util.Optional;
import orderplatform.eventstore.log.Staging;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/** The batch that this node's lane has under way, for calls of Axon's that name no batch. Other threads have none. */
final class CurrentBatch implements Staging, AfterCommit {

    private volatile @Nullable Held held;

    private record Held(CommitBatch batch, Thread thread) {}

    void begin(CommitBatch batch) {
        held = new Held(batch, Thread.currentThread());
    }

    void end() {
        held = null;
    }

    Optional<CommitBatch> get() {
        return Optional.ofNullable(held)
                .filter(it -> it.thread() == Thread.currentThread())
                .map(Held::batch);
    }

    /** @throws IllegalStateException outside of a batch */
    CommitBatch require() {
        return get().orElseThrow(() -> new IllegalStateException(
                "No batch is under way: aggregates are loaded, and events staged, by commands in a lane"));
    }

    @Override
    public boolean isUnderWay() {
        return get().isPresent();
    }

    @Override
    public void stage(List<? extends EventMessage<?>> events) {
        var batch = require();
        batch.stage(events);
        CurrentUnitOfWork.get().onRollback(failed -> batch.unstage(events));
    }

    @Override
    public void run(Runnable action) {
        get().ifPresentOrElse(batch -> batch.afterCommit(action), action);
    }
}
