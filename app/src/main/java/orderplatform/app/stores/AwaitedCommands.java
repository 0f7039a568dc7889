package orderplatform.app.stores;

import java.util.concurrent.CompletableFuture;
import orderplatform.eventstore.reader.BatchEnd;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * A saga's unit of work does not commit before the commands that it sent are done: after a crash the same event comes
 * again and the same commands are sent again, so none is lost.
 */
class AwaitedCommands extends DefaultCommandGateway {

    AwaitedCommands(CommandBus commandBus, RetryScheduler retries) {
        super(builder().commandBus(commandBus).retryScheduler(retries));
    }

    @Override
    public <R> CompletableFuture<R> send(Object command) {
        CompletableFuture<R> result = super.send(command);
        if (CurrentUnitOfWork.isStarted()) {
            BatchEnd.await(CurrentUnitOfWork.get(), result);
        }
        return result;
    }
}
