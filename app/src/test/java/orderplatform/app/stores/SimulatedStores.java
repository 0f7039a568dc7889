package orderplatform.app.stores;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.ScheduledExecutorService;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.Serializer;

/** The platform's serializers and its gateway, made without Spring. */
public final class SimulatedStores {

    public static final Serializer GENERAL = new Serializers().generalSerializer();
    public static final Serializer EVENTS = new Serializers().eventSerializer();
    public static final CorrelationDataProvider CORRELATION = new CommandGateways().correlation();

    private SimulatedStores() {}

    public static CommandGateway gateway(CommandBus bus, ScheduledExecutorService retries) {
        bus.registerHandlerInterceptor(new CorrelationDataInterceptor<>(CORRELATION));
        var gateways = new CommandGateways();
        return gateways.commandGateway(bus, gateways.commandRetryScheduler(retries), new SimpleMeterRegistry());
    }
}
