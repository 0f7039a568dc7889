package orderplatform.app.stores;

import io.micrometer.core.instrument.MeterRegistry;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.commandhandling.gateway.RetryScheduler;

/** Sends commands, again if another writer was first, and counts them by their outcome. */
public class CountedCommands extends DefaultCommandGateway {

    private final CommandMetrics metrics;

    public CountedCommands(CommandBus commandBus, RetryScheduler retries, MeterRegistry meters) {
        super(builder().commandBus(commandBus).retryScheduler(retries));
        this.metrics = new CommandMetrics(meters);
    }

    @Override
    public <C, R> void send(C command, CommandCallback<? super C, ? super R> callback) {
        super.<C, R>send(command, (sent, result) -> {
            metrics.answered(sent, result);
            callback.onResult(sent, result);
        });
    }
}
