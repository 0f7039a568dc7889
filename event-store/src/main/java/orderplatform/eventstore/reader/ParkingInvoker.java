package orderplatform.eventstore.reader;

import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/** The handlers of a reader, which see no event that waits or is given up. */
record ParkingInvoker(EventHandlerInvoker handlers, Parking parking) implements EventHandlerInvoker {

    /** In the unit of work of an event that was parked and is tried again. */
    static final String AGAIN = ParkingInvoker.class.getName() + ".again";

    @Override
    public void handle(EventMessage<?> event, Segment segment) throws Exception {
        var again = CurrentUnitOfWork.get().root().resources().containsKey(AGAIN);
        if (again || !parking.diverts(event)) {
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
