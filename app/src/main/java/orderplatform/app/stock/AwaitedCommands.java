package orderplatform.app.stock;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.CompletableFuture;
import orderplatform.app.stores.CountedCommands;
import orderplatform.eventstore.reader.BatchEnd;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * A saga that follows the log does not commit before the commands that it sent are done: after a crash the same event comes
 * again and the same commands are sent again, so none is lost.
 */
class AwaitedCommands extends CountedCommands {

    AwaitedCommands(CommandBus commandBus, RetryScheduler retries, MeterRegistry meters) {
        super(commandBus, retries, meters);
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
