package orderplatform.app.baseline;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import orderplatform.app.stores.CountedCommands;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.gateway.RetryScheduler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;

/**
 * A saga that follows the log does not commit before the commands that it sent are done: after a crash the same event comes
 * again and the same commands are sent again, so none is lost.
 */
class AwaitedCommands extends CountedCommands {

    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(60);

    AwaitedCommands(CommandBus commandBus, RetryScheduler retries, MeterRegistry meters) {
        super(commandBus, retries, meters);
    }

    @Override
    public <R> CompletableFuture<R> send(Object command) {
        CompletableFuture<R> result = super.send(command);
        if (CurrentUnitOfWork.isStarted()) {
            CurrentUnitOfWork.get().root().onPrepareCommit(saga -> await(result));
        }
        return result;
    }

    private static void await(CompletableFuture<?> result) {
        result.copy()
                .orTimeout(COMMAND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
