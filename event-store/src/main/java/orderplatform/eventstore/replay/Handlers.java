package orderplatform.eventstore.replay;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import orderplatform.eventstore.projection.Projection;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.annotation.AnnotatedHandlerInspector;
import org.axonframework.messaging.annotation.MessageHandlerInterceptorMemberChain;
import org.axonframework.messaging.annotation.MessageHandlingMember;

/**
 * A projection's handlers, called with parameters as Axon resolves them, but without a unit of work. Which one an event
 * goes to is found out once for each class of payload. For one thread.
 */
final class Handlers {

    private final Projection projection;
    private final AnnotatedHandlerInspector<Object> inspector;
    private final MessageHandlerInterceptorMemberChain<Object> interceptors;
    private final Map<Kind, Optional<MessageHandlingMember<? super Object>>> found = new HashMap<>();

    /** An event outside of any stream has no sequence number for a parameter. */
    private record Kind(Class<?> payload, boolean isInStream) {

        static Kind of(EventMessage<?> event) {
            return new Kind(event.getPayloadType(), event instanceof DomainEventMessage<?>);
        }
    }

    Handlers(Projection projection, Configuration axon) {
        this.projection = projection;
        this.inspector = AnnotatedHandlerInspector.inspectType(
                projection.getClass(), axon.parameterResolverFactory(), axon.handlerDefinition(projection.getClass()));
        this.interceptors = inspector.chainedInterceptor(projection.getClass());
    }

    void handle(EventMessage<?> event) throws Exception {
        var handler = found.computeIfAbsent(Kind.of(event), kind -> handlerOf(event));
        if (handler.isPresent()) {
            interceptors.handle(event, projection, handler.get());
        }
    }

    private Optional<MessageHandlingMember<? super Object>> handlerOf(EventMessage<?> event) {
        return inspector
                .getHandlers(projection.getClass())
                .filter(handler -> handler.canHandle(event))
                .findFirst();
    }
}
