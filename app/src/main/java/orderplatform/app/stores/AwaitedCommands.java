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
 * A saga that follows the log does not commit before the commands that it sent are done: after a crash the same event comes
 * again and the same commands are sent again, so none is lost. What a saga sends in the commit of an event is stored with
 * the event, or not at all: it is neither awaited nor sent again.
 */
class AwaitedCommands extends DefaultCommandGateway {

    private final CommandMetrics metrics;
    private final CommandGateway inCommit;

    AwaitedCommands(CommandBus commandBus, RetryScheduler retries, CommandMetrics metrics) {
        super(builder().commandBus(commandBus).retryScheduler(retries));
        this.metrics = metrics;
        this.inCommit = new InCommit(builder().commandBus(commandBus), metrics);
    }

    @Override
    public <R> CompletableFuture<R> send(Object command) {
        if (Appends.current() != null) {
            return inCommit.send(command);
        }
        CompletableFuture<R> result = super.send(command);
        if (CurrentUnitOfWork.isStarted()) {
            BatchEnd.await(CurrentUnitOfWork.get(), result);
        }
        return result;
    }

    @Override
    public <C, R> void send(C command, CommandCallback<? super C, ? super R> callback) {
        super.send(command, counted(callback, metrics));
    }

    private static <C, R> CommandCallback<C, R> counted(
            CommandCallback<? super C, ? super R> callback, CommandMetrics metrics) {
        return (sent, result) -> {
            metrics.answered(sent, result);
            callback.onResult(sent, result);
        };
    }

    private static final class InCommit extends DefaultCommandGateway {

        private final CommandMetrics metrics;

        InCommit(Builder builder, CommandMetrics metrics) {
            super(builder);
            this.metrics = metrics;
        }

        @Override
        public <C, R> void send(C command, CommandCallback<? super C, ? super R> callback) {
            super.send(command, counted(callback, metrics));
        }
    }
}
