package orderplatform.eventstore.projection;

import java.util.List;

/**
 * A projection that can be replayed: its handlers are Axon's {@code @EventHandler} methods of this class, they do nothing
 * but find and put rows of one table, and one segment of its {@code @ProcessingGroup} keeps it up to date. That is also its
 * name.
 */
public interface Projection {

    /** The rows that its handlers find and put. */
    Rows<?> rows();

    /** How the names of the events begin that it must not pass over, known or not, such as {@code order.}. */
    List<String> eventTypes();
}
