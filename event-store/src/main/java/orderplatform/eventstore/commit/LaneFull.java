package orderplatform.eventstore.commit;

import org.axonframework.common.AxonTransientException;

/** A command was not taken: as many as are allowed are waiting, or the node is stopping. It has had no effect. */
public class LaneFull extends AxonTransientException {

    private static final long serialVersionUID = 1L;

    LaneFull(String reason) {
        super(reason);
    }
}
