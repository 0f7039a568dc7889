package orderplatform.command.web;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import orderplatform.api.Outcome;
import orderplatform.api.Problem;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.AxonTransientException;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Sends commands on behalf of HTTP callers. */
@Component
public class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(10);

    private final CommandGateway gateway;

    Commands(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Sends a command and waits for its commit, at most ten seconds.
     *
     * @throws Problem if the domain refuses, or 503 if it is not known what became of the command
     * @throws AggregateNotFoundException if there is nothing that the command could be for
     */
    public <T> Outcome.Accepted<T> accepted(Object command, String actor) {
        return accepted(command, actor, null);
    }

    /**
     * The same with an id for the command, by which its receiver recognises it when it comes again.
     *
     * @param id null if every time is another
     */
    public <T> Outcome.Accepted<T> accepted(Object command, String actor, @Nullable String id) {
        Outcome<T> outcome = send(command, actor, id);
        return switch (outcome) {
            case null -> throw new IllegalStateException("No outcome of " + command.getClass());
            case Outcome.Accepted<T> accepted -> accepted;
            case Outcome.Refused<T>(var rejection) -> throw Problem.of(rejection);
        };
    }

    /** Sends a command whose handler answers something else than an {@link Outcome}. */
    public <R> @Nullable R send(Object command, String actor) {
        return send(command, actor, null);
    }

    private <R> @Nullable R send(Object command, String actor, @Nullable String id) {
        var message = message(command, id).andMetaData(Map.of("actor", actor));
        try {
            return gateway.<R>send(message).get(COMMAND_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(command, e.getCause());
        } catch (TimeoutException e) {
            throw Problem.unavailable("The command was not done within %s.".formatted(COMMAND_TIMEOUT));
        } catch (RejectedExecutionException e) {
            throw Problem.unavailable("The platform is busy.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("The platform is stopping.");
        }
    }

    private static CommandMessage<?> message(Object command, @Nullable String id) {
        return id == null
                ? GenericCommandMessage.asCommandMessage(command)
                : new GenericCommandMessage<>(
                        new GenericMessage<>(id, command, Map.of()),
                        command.getClass().getName());
    }

    private static RuntimeException failure(Object command, @Nullable Throwable cause) {
        return switch (cause) {
            case AggregateNotFoundException missing -> missing;
            case AxonTransientException busy -> unavailable(command, busy);
            case DataAccessException database -> unavailable(command, database);
            case TransactionException database -> unavailable(command, database);
            case EventStoreException database -> unavailable(command, database);
            case null, default ->
                new IllegalStateException("Failed: " + command.getClass().getSimpleName(), cause);
        };
    }

    private static Problem unavailable(Object command, Throwable cause) {
        LOG.warn("{} failed: {}", command.getClass().getSimpleName(), cause.toString());
        return Problem.unavailable("The store of the events did not take the command.");
    }
}
