package orderplatform.eventstore.commit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.distributed.RoutingStrategy;
import org.axonframework.messaging.MessageHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the commands of many callers together, on one thread, so they share the aggregates in memory and wait for no
 * lock; a caller is answered after the commit. A command that a command handler or a reaction dispatches belongs to the
 * same transaction.
 */
public class LaneCommandBus extends SimpleCommandBus implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LaneCommandBus.class);

    /** With all that waits before it. */
    private static final Duration REACTION_TIMEOUT = Duration.ofSeconds(60);

    private final RoutingStrategy routing;
    private final CurrentBatch current;
    private final Lane<Waiting> lane;

    /** @param start has the lane's commands done from then on */
    LaneCommandBus(
            Builder builder,
            RoutingStrategy routing,
            CurrentBatch current,
            GroupCommit commits,
            LaneSettings settings,
            LaneMetrics metrics,
            Consumer<Lane<Waiting>> start) {
        super(builder);
        this.routing = routing;
        this.current = current;
        lane = new Lane<>("lane", settings.queue(), settings.batch(), commits::tryTogether, LaneCommandBus::failed);
        metrics.watch(lane.queue());
        start.accept(lane);
    }

    private static void failed(Waiting command, Throwable cause) {
        if (!(cause instanceof LaneFull)) {
            LOG.error("{} was not handled", command.name(), cause);
        }
        command.fail(cause);
    }

    /** A command of a command handler is handled at once, one of a saga later in its batch, and one of a caller in a next batch. */
    @Override
    @SuppressWarnings("unchecked") // a callback only reads the command
    protected <C, R> void handle(
            CommandMessage<C> command,
            MessageHandler<? super CommandMessage<?>> handler,
            CommandCallback<? super C, ? super R> callback) {
        var batch = current.get();
        var sentBy = batch.map(CommitBatch::reacting).orElse(null);
        if (batch.isPresent() && sentBy == null) {
            super.handle(command, handler, callback);
            return;
        }
        var waiting = new WaitingCommand(
                command,
                handled -> super.<Object, Object>handle((CommandMessage<Object>) command, handler, handled),
                routing.getRoutingKey(command),
                callback,
                sentBy);
        batch.ifPresentOrElse(it -> it.send(waiting), () -> queue(waiting));
    }

    /**
     * Has a reaction done in a batch.
     *
     * @param name for logs
     * @return done when the reaction is stored, with everything that it led to; fails with the reaction, which leaves nothing,
     *     or when it has waited for too long
     */
    public CompletableFuture<Void> react(String name, Consumer<ReactionBatch> reaction) {
        var waiting = new WaitingReaction(name, reaction);
        queue(waiting);
        return waiting.stored().copy().orTimeout(REACTION_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    private void queue(Waiting waiting) {
        if (!lane.offer(waiting)) {
            waiting.fail(new LaneFull("Too many commands are waiting."));
        }
    }

    /** Commands that wait in the lanes of this node. */
    public int waiting() {
        return lane.queue().size();
    }

    /** Answers everything that was taken, and takes nothing more. */
    @Override
    public void close() throws InterruptedException {
        lane.stop();
    }
}
