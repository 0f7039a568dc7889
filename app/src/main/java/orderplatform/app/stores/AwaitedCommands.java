package orderplatform.app.stores;

import java.util.concurrent.CompletableFuture;
import orderplatform.eventstore.log.Appends;
import orderplatform.eventstore.reader.BatchEnd;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * A saga's unit of work does not commit before the commands that it sent are done: after a crash the same event comes
 * again and the same commands are sent again, so none is lost.
 */
class AwaitedCommands extends DefaultCommandGateway {

    private final CommandMetrics metrics;
    private final CommandGateway nested;

    AwaitedCommands(CommandBus commandBus, RetryScheduler retries, CommandMetrics metrics) {
        super(builder().commandBus(commandBus).retryScheduler(retries));
        this.metrics = metrics;
        this.nested = DefaultCommandGateway.builder().commandBus(commandBus).build();
    }

    /** What a saga sends in the commit is stored with it, or not at all: it is neither awaited nor sent again. */
    @Override
    public <R> CompletableFuture<R> send(Object command) {
        if (Appends.current() != null) {
            return nested.send(command);
        }
        CompletableFuture<R> result = super.send(command);
        if (CurrentUnitOfWork.isStarted()) {
            BatchEnd.await(CurrentUnitOfWork.get(), result);
        }
        return result;
    }

    @Override
    public <C, R> void send(C command, CommandCallback<? super C, ? super R> callback) {
        super.<C, R>send(command, (sent, result) -> {
            metrics.answered(sent, result);
            callback.onResult(sent, result);
        });
    }
}
