package orderplatform.eventstore.log;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * What one unit of work appends, as the batch that owns the unit of work sees it. It is told of every event that is
 * staged and of what was read from memory, and is asked what is left when streams turn out to be in conflict.
 */
public interface Appends {

    /** Key of the unit of work's resource. */
    String RESOURCE = Appends.class.getName();

    /** Events are staged by what the batch is handling now. */
    void staged(List<? extends EventMessage<?>> events);

    /** What is being handled now was decided on this version of the stream, which was not read in the transaction. */
    void readFromMemory(String stream, long version);

    /** All committed events of a stream, where the batch has read them with those of other streams. */
    @Nullable
    List<DomainEventMessage<?>> readAhead(String stream);

    /** Versions that were read from memory and that the outcome depends on. */
    Map<String, Long> expected();

    /** The sagas that the batch has changed: they are checked as streams are, and written with the events. */
    List<SagaChange> sagas();

    /** Takes what depends on the streams and sagas out of the batch, and gives the events that are left. */
    List<EventMessage<?>> without(Set<String> conflicts, List<? extends EventMessage<?>> events);

    /**
     * The batch is in the log once the transaction commits.
     *
     * @param first of its events
     * @param firstPosition that of the first event
     * @param events all of the batch, in the order of their positions
     */
    void appended(LoggedEvent first, long firstPosition, List<? extends EventMessage<?>> events);

    /** That of the current unit of work; none outside of a batch. */
    static @Nullable Appends current() {
        if (!CurrentUnitOfWork.isStarted()) {
            return null;
        }
        return CurrentUnitOfWork.get().root().getResource(RESOURCE);
    }
}
