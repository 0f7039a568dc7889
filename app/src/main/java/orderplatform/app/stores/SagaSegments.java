package orderplatform.app.stores;

import java.util.function.BiPredicate;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.Segment;
import org.axonframework.modelling.saga.metamodel.AnnotationSagaMetaModelFactory;
import org.axonframework.serialization.SerializationException;

/** Which segment of a reader of sagas handles an event, if they follow the log. */
final class SagaSegments {

    private SagaSegments() {}

    /**
     * The one in which its saga was made, so that no other looks for it. Axon asks all of them, because it lets a saga be
     * found by associations of all kinds.
     *
     * @param sagaType one whose every event has the association that it began with. The number of its reader's segments
     *     must not change once there are sagas
     */
    static BiPredicate<EventMessage<?>, Segment> of(Class<?> sagaType) {
        var model = new AnnotationSagaMetaModelFactory().modelOf(sagaType);
        return (event, segment) -> {
            try {
                return model.resolveAssociation(event).map(segment::matches).orElse(true);
            } catch (SerializationException unreadable) {
                return true;
            }
        };
    }
}
