package orderplatform.eventstore.log;

import java.util.List;
import org.axonframework.eventhandling.EventMessage;

/** Takes the events that are published while a batch is under way: they are appended with the batch. */
@FunctionalInterface
public interface Staging {

    /** @return false if this thread has no batch under way: nothing is staged */
    boolean stage(List<? extends EventMessage<?>> events);
}
