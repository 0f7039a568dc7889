package orderplatform.eventstore.commit;

import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandResultMessage;
import org.axonframework.messaging.MessageHandler;
import org.jspecify.annotations.Nullable;

/** A command that somebody waits for. */
final class Waiting {

    private final CommandMessage<?> command;
    private final MessageHandler<? super CommandMessage<?>> handler;
    private final String stream;
    private final CommandCallback<Object, Object> callback;
    private @Nullable CommandResultMessage<?> result;
    private int attempts;

    @SuppressWarnings("unchecked") // a callback only reads the command and the result
    <C, R> Waiting(
            CommandMessage<C> command,
            MessageHandler<? super CommandMessage<?>> handler,
            String stream,
            CommandCallback<? super C, ? super R> callback) {
        this.command = command;
        this.handler = handler;
        this.stream = stream;
        this.callback = (CommandCallback<Object, Object>) (CommandCallback<?, ?>) callback;
    }

    CommandMessage<?> command() {
        return command;
    }

    MessageHandler<? super CommandMessage<?>> handler() {
        return handler;
    }

    /** The aggregate that the command is for. */
    String stream() {
        return stream;
    }

    void result(CommandResultMessage<?> newResult) {
        result = newResult;
    }

    /** Counts this one. */
    int attempt() {
        return ++attempts;
    }

    @SuppressWarnings("unchecked") // the result is the handler's answer to this command
    void answer() {
        if (result == null) {
            throw new IllegalStateException("%s was not handled".formatted(command.getCommandName()));
        }
        callback.onResult((CommandMessage<Object>) command, (CommandResultMessage<Object>) result);
    }

    void fail(Throwable cause) {
        result = GenericCommandResultMessage.asCommandResultMessage(cause);
        answer();
    }
}
