package orderplatform.saga.payments;

import java.util.List;
import java.util.concurrent.ExecutorService;
import orderplatform.eventstore.commit.AfterCommit;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** Calls to the provider on threads of the simulation. */
public final class SimulatedCalls {

    private SimulatedCalls() {}

    public static ProviderCalls of(
            PaymentProvider provider, CommandGateway commands, AfterCommit afterCommit, ExecutorService threads) {
        return new ProviderCalls(provider, commands, afterCommit, threads, List.of());
    }
}
