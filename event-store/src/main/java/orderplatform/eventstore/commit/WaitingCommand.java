package orderplatform.eventstore.commit;

import java.util.Optional;
import java.util.function.Consumer;
import orderplatform.eventstore.commit.ReactionBatch.Reaction;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.jspecify.annotations.Nullable;

/** A command of a caller or of a saga. */
final class WaitingCommand extends Waiting {

    private final CommandMessage<?> command;
    private final Consumer<CommandCallback<Object, Object>> handling;
    private final String stream;
    private final CommandCallback<Object, Object> callback;
    private final @Nullable Reaction sentBy;
    private @Nullable CommandResultMessage<?> result;

    /**
     * @param handling has the command handled at once, and gives its result
     * @param sentBy null if a caller has sent it
     */
    @SuppressWarnings("unchecked") // a callback only reads the command and the result
    <C, R> WaitingCommand(
            CommandMessage<C> command,
            Consumer<CommandCallback<Object, Object>> handling,
            String stream,
            CommandCallback<? super C, ? super R> callback,
            @Nullable Reaction sentBy) {
        this.command = command;
        this.handling = handling;
        this.stream = stream;
        this.callback = (CommandCallback<Object, Object>) (CommandCallback<?, ?>) callback;
        this.sentBy = sentBy;
    }

    @Override
    Optional<String> stream() {
        return Optional.of(stream);
    }

    @Override
    void handle(CommitBatch batch) {
        handling.accept((sent, handled) -> result = handled);
        if (sentBy != null && result != null && result.isExceptional()) {
            throw sentBy.failed(result.exceptionResult());
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the result is the handler's answer to this command
    void answer() {
        if (result == null) {
            throw new IllegalStateException("%s was not handled".formatted(name()));
        }
        callback.onResult((CommandMessage<Object>) command, (CommandResultMessage<Object>) result);
    }

    @Override
    void fail(Throwable failure) {
        result = GenericCommandResultMessage.asCommandResultMessage(failure);
        answer();
    }

    @Override
    String name() {
        return command.getCommandName();
    }
}
