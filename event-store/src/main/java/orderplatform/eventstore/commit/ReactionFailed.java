package orderplatform.eventstore.commit;

import orderplatform.eventstore.commit.ReactionBatch.Reaction;

/** A reaction to an event failed for a reason of its own. The event's command is not to blame. */
public class ReactionFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Reaction reaction;

    ReactionFailed(Reaction reaction, Throwable cause) {
        super("%s could not react to an event of %s".formatted(reaction.processor(), reaction.sequence()), cause);
        this.reaction = reaction;
    }

    Reaction reaction() {
        return reaction;
    }
}
