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
        return get().orElseThrow(() -> new IllegalStateException("Aggregates are loaded by commands, in a lane"));
    }

    @Override
    public boolean stage(List<? extends EventMessage<?>> events) {
        var batch = get();
        batch.ifPresent(it -> {
            it.stage(events);
            CurrentUnitOfWork.get().onRollback(failed -> it.unstage(events));
        });
        return batch.isPresent();
    }

    @Override
    public void run(Runnable action) {
        get().ifPresentOrElse(batch -> batch.afterCommit(action), action);
    }
}
