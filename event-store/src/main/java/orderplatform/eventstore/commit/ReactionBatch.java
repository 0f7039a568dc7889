package orderplatform.eventstore.commit;

import java.util.List;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;

/** A batch as the reactions to its events see it. */
public interface ReactionBatch {

    /** Commands that are sent from now on are sent by this reaction; null when the reaction is over. */
    void reacting(@Nullable Reaction reaction);

    /** What is handled now depends on the saga, and loses with all others that do. */
    void dependsOn(String sagaId);

    /** Does it once what is handled now is stored, if it is. */
    void afterCommit(Runnable action);

    /** The failure of an earlier try for which events of this kind are parked now, or null. */
    @Nullable
    ReactionFailed parking(Reaction reaction);

    /** Later events of this kind wait, although the reaction to an earlier one is done again now. */
    void holdBack(Reaction reaction);

    boolean isHeldBack(Reaction reaction);

    /** The event is parked, or waits for what is parked of its sequence. */
    void park(ToPark event);

    /** Writes with what is handled now, in the batch's transaction, or not at all. */
    void alsoWrite(Runnable write);

    /** Those of everything that is stored with the batch. */
    List<Runnable> writes();

    /** The events to park that are stored with the batch. */
    List<ToPark> toPark();

    /** Position of an event of this batch, once it is appended; an event that was read from the log has its own. */
    long position(EventMessage<?> event);

    /** A reader's reaction to an event of a sequence, such as that of an order's saga. */
    record Reaction(String processor, String sequence) {

        /** @param cause a reason of the reaction's own, no outage */
        public ReactionFailed failed(Throwable cause) {
            return new ReactionFailed(this, cause);
        }
    }

    /**
     * An event that is not reacted to now.
     *
     * @param failure why it is parked; null if it waits behind one that is
     */
    record ToPark(
            Reaction reaction,
            EventMessage<?> event,
            @Nullable ReactionFailed failure) {}
}
