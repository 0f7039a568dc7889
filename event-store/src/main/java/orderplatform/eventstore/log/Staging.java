package orderplatform.eventstore.log;

import java.util.List;
import org.axonframework.eventhandling.EventMessage;

/** Takes the events that are published while a batch is under way: they are appended with the batch. */
public interface Staging {

    /** Whether this thread has a batch under way. */
    boolean isUnderWay();

    /** @throws IllegalStateException if this thread has no batch under way */
    void stage(List<? extends EventMessage<?>> events);
}
