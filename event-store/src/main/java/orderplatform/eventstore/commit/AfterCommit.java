package orderplatform.eventstore.commit;

import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** Has something done once what is handled now is stored, such as a call to another system. */
public final class AfterCommit {

    private AfterCommit() {}

    /**
     * Runs the action after the commit; at once outside of a unit of work. If a command loses to another writer, the actions of
     * its reactions are dropped, and those of its next try take their place.
     *
     * @param action must not wait: it may run on the thread that commits
     */
    public static void run(Runnable action) {
        var batch = CommitBatch.current();
        if (batch.isPresent()) {
            batch.get().afterCommit(action);
        } else if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().root().afterCommit(committed -> action.run());
        } else {
            action.run();
        }
    }
}
