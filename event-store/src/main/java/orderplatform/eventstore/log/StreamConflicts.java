package orderplatform.eventstore.log;

import java.util.Set;
import org.axonframework.modelling.command.ConcurrencyException;

/** Streams that another writer appended to, and sagas that another writer changed, since they were loaded. Nothing was appended. */
public class StreamConflicts extends ConcurrencyException {

    private static final long serialVersionUID = 1L;

    private final transient Set<String> streams;

    StreamConflicts(Set<String> streams) {
        super("Appended to elsewhere: " + streams);
        this.streams = streams;
    }

    public Set<String> streams() {
        return streams;
    }
}
