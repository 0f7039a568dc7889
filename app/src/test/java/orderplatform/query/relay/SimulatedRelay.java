package orderplatform.query.relay;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import orderplatform.app.stores.SimulatedStores;
import org.axonframework.eventhandling.EventHandlerInvoker;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import tools.jackson.databind.json.JsonMapper;

/** The relay, whose messages go to the simulation's broker. */
public final class SimulatedRelay {

    private static final RelayProperties PROPERTIES =
            new RelayProperties("events", "/simulation", Duration.ofSeconds(10));
    private static final CloudEvents CLOUD_EVENTS =
            new CloudEvents(new JsonMapper(), SimulatedStores.EVENTS, PROPERTIES);

    private SimulatedRelay() {}

    /** @param broker returns when it has confirmed all messages */
    public static EventHandlerInvoker to(Consumer<List<Message>> broker) {
        return SimpleEventHandlerInvoker.builder()
                .eventHandlers(new EventRelay(CLOUD_EVENTS, new ToBroker(broker)))
                .listenerInvocationErrorHandler(PropagatingErrorHandler.instance())
                .build();
    }

    private static final class ToBroker extends ConfirmedPublisher {

        private final Consumer<List<Message>> broker;

        ToBroker(Consumer<List<Message>> broker) {
            super(connections(), PROPERTIES, new CompositeMeterRegistry());
            this.broker = broker;
        }

        /** Never opened. */
        private static CachingConnectionFactory connections() {
            var connections = new CachingConnectionFactory("localhost");
            connections.setPublisherConfirmType(CachingConnectionFactory.ConfirmType.CORRELATED);
            return connections;
        }

        @Override
        void publish(List<Message> messages) {
            broker.accept(messages);
        }
    }
}
