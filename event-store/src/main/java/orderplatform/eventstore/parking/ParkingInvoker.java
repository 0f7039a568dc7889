package orderplatform.eventstore.parking;

import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;

/** The handlers of a reader, which see no event that waits or is parked. */
public record ParkingInvoker(EventHandlerInvoker handlers, Parking parking) implements EventHandlerInvoker {

    @Override
    public void handle(EventMessage<?> event, Segment segment) throws Exception {
        if (!parking.diverts(event)) {
            handlers.handle(event, segment);
        }
    }

    @Override
    public boolean canHandle(EventMessage<?> event, Segment segment) {
        return handlers.canHandle(event, segment);
    }

    @Override
    public boolean canHandleType(Class<?> type) {
        return handlers.canHandleType(type);
    }

    @Override
    public boolean supportsReset() {
        return handlers.supportsReset();
    }

    @Override
    public void performReset() {
        handlers.performReset();
    }

    @Override
    public <R> void performReset(R context) {
        handlers.performReset(context);
    }

    @Override
    public void segmentReleased(Segment segment) {
        handlers.segmentReleased(segment);
    }
}
