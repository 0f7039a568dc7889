package orderplatform.query.relay;

import java.util.ArrayList;
import java.util.List;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.amqp.core.Message;

/**
 * Publishes every event of the log, at least once and in order.
 *
 * <p>A batch is collected while it is handled and published before its unit of work commits; only with every confirm
 * does the token advance. Where one is missing the unit of work fails, and the processor comes back with the same
 * events.
 */
@ProcessingGroup("relay")
class EventRelay {

    private static final String BATCH = "orderplatform.relay.batch";

    private final CloudEvents cloudEvents;
    private final ConfirmedPublisher publisher;

    EventRelay(CloudEvents cloudEvents, ConfirmedPublisher publisher) {
        this.cloudEvents = cloudEvents;
        this.publisher = publisher;
    }

    @EventHandler
    void on(EventMessage<?> event, TrackingToken token, UnitOfWork<?> unitOfWork) {
        batchOf(unitOfWork.root())
                .add(cloudEvents.message(event, token.position().orElseThrow()));
    }

    private List<Message> batchOf(UnitOfWork<?> unitOfWork) {
        List<Message> known = unitOfWork.getResource(BATCH);
        if (known != null) {
            return known;
        }
        var batch = new ArrayList<Message>();
        unitOfWork.resources().put(BATCH, batch);
        unitOfWork.onPrepareCommit(committing -> publisher.publish(batch));
        return batch;
    }
}
