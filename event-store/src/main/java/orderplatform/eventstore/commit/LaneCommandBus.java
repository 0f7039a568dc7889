package orderplatform.eventstore.commit;

import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.distributed.RoutingStrategy;
import org.axonframework.messaging.MessageHandler;

/**
 * Commits the commands of many callers together. Commands of one aggregate go to one lane, so they share its instance and
 * wait for no lock; a caller is answered after the commit. A command that is dispatched by a command handler belongs to
 * the same transaction.
 */
public class LaneCommandBus extends SimpleCommandBus implements AutoCloseable {

    private final RoutingStrategy routing;
    private final List<CommandLane> lanes;

    LaneCommandBus(
            Builder builder,
            RoutingStrategy routing,
            LaneSettings settings,
            Function<LaneCommandBus, GroupCommit> commits,
            LaneMetrics metrics) {
        super(builder);
        this.routing = routing;
        var commit = commits.apply(this);
        lanes = IntStream.range(0, settings.count())
                .mapToObj(i -> new CommandLane("lane-" + i, settings, commit::accept))
                .toList();
        IntStream.range(0, lanes.size())
                .forEach(i -> metrics.watch(i, lanes.get(i).queue()));
    }

    @Override
    protected <C, R> void handle(
            CommandMessage<C> command,
            MessageHandler<? super CommandMessage<?>> handler,
            CommandCallback<? super C, ? super R> callback) {
        if (CommandLane.isCurrent()) {
            super.handle(command, handler, callback);
            return;
        }
        var stream = routing.getRoutingKey(command);
        var waiting = new Waiting(command, handler, stream, callback);
        if (!lanes.get(Math.floorMod(stream.hashCode(), lanes.size())).offer(waiting)) {
            waiting.fail(new LaneFull("Too many commands are waiting."));
        }
    }

    /** Runs the command as part of the lane's transaction. */
    void handleNested(Waiting waiting) {
        super.handle(waiting.command(), waiting.handler(), (command, result) -> waiting.result(result));
    }

    /** Answers everything that was taken, and takes nothing more. */
    @Override
    public void close() throws InterruptedException {
        for (var lane : lanes) {
            lane.stop();
        }
    }
}
