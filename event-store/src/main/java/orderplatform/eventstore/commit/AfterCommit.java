package orderplatform.eventstore.commit;

/** Has something done once what is handled now is stored, such as a call to another system. */
@FunctionalInterface
public interface AfterCommit {

    /**
     * Runs the action after the commit; at once if nothing is being handled. If a command loses to another writer, the actions
     * of its reactions are dropped, and those of its next try take their place.
     *
     * @param action must not wait: it may run on the thread that commits
     */
    void run(Runnable action);
}
