package orderplatform.eventstore.commit;

import java.util.List;
import java.util.Set;
import orderplatform.eventstore.log.SagaChange;
import org.axonframework.eventhandling.EventMessage;

/**
 * What reacts to an event in the commit that stores the event. The commands that a reaction sends join the batch, so an
 * event and what it leads to are stored together or not at all. Used by the lane's thread alone.
 */
public interface Reactions {

    /** Reads at once those of the sagas that are not in memory. Other ids are passed over. */
    void readAhead(Set<String> ids);

    /**
     * Reacts to an event that the batch has staged.
     *
     * @throws ReactionFailed if the reaction failed for a reason of its own: the batch is rolled back, and tried again with
     *     the event parked
     */
    void react(EventMessage<?> event, ReactionBatch batch);

    /** The sagas that the batch's reactions have changed, as the append is to write them. */
    List<SagaChange> changes();

    /** Forgets what the batch's reactions did to these sagas: their commands are tried again. */
    void forget(Set<String> sagaIds);

    /** Writes what the reactions leave beside their sagas, in the batch's transaction, after its events. */
    void store(ReactionBatch batch);

    /** The batch is stored. */
    void committed();

    /** The batch is not stored: what is in memory is not to be trusted. */
    void drop();
}
