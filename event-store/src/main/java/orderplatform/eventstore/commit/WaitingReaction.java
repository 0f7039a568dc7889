package orderplatform.eventstore.commit;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** A reaction that is due: to a deadline, to a parked event, or to an event that no node has reacted to. */
final class WaitingReaction extends Waiting {

    private final String name;
    private final Consumer<ReactionBatch> reaction;
    private final CompletableFuture<Void> stored = new CompletableFuture<>();

    WaitingReaction(String name, Consumer<ReactionBatch> reaction) {
        this.name = name;
        this.reaction = reaction;
    }

    /** Done when the reaction is stored, with everything that it led to. */
    CompletableFuture<Void> stored() {
        return stored;
    }

    @Override
    Optional<String> stream() {
        return Optional.empty();
    }

    @Override
    void handle(CommitBatch batch) {
        reaction.accept(batch);
    }

    @Override
    void answer() {
        stored.complete(null);
    }

    @Override
    void fail(Throwable failure) {
        stored.completeExceptionally(failure);
    }

    @Override
    String name() {
        return name;
    }
}
