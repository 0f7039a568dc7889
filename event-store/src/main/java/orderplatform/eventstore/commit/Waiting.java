package orderplatform.eventstore.commit;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What waits to be done in a batch: a command, or a reaction that is due. */
abstract class Waiting {

    private int attempts;
    private Set<String> touchedBefore = Set.of();
    private @Nullable Waiting cause;

    /** The aggregate that it is for, if it is for one. */
    abstract Optional<String> stream();

    /**
     * Does it, as part of the batch.
     *
     * @throws ReactionFailed if a saga has asked for it and it can't be done
     */
    abstract void handle(CommitBatch batch);

    /** Tells who waits for it how it ended. The batch is stored. */
    abstract void answer();

    /** Tells who waits for it that nothing of it is stored. */
    abstract void fail(Throwable failure);

    /** For logs. */
    abstract String name();

    /** A saga has asked for it in reaction to what this one did. */
    void causedBy(Waiting other) {
        cause = other;
    }

    /** To what a saga has reacted when it asked for this one. */
    Optional<Waiting> cause() {
        return Optional.ofNullable(cause);
    }

    /**
     * Counts this one, which came to nothing.
     *
     * @param touched streams and sagas that it depended on
     */
    int attempt(Set<String> touched) {
        touchedBefore = touched;
        return ++attempts;
    }

    /** Streams and sagas that its last try depended on, and its own stream. */
    Stream<String> depends() {
        return Stream.concat(stream().stream(), touchedBefore.stream());
    }
}
