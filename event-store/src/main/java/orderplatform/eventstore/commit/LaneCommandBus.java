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
    private final StreamTurns turns;
    private final List<CommandLane> lanes;
    private final List<CommandLane> hotLanes;

    LaneCommandBus(
            Builder builder,
            RoutingStrategy routing,
            StreamTurns turns,
            LaneSettings settings,
            Function<LaneCommandBus, GroupCommit> commits,
            LaneMetrics metrics) {
        super(builder);
        this.routing = routing;
        this.turns = turns;
        var commit = commits.apply(this);
        lanes = lanes("lane-", settings.count(), settings, commit);
        hotLanes = lanes("hot-lane-", settings.count(), settings, commit);
        IntStream.range(0, lanes.size())
                .forEach(i -> metrics.watch("" + i, lanes.get(i).queue()));
        IntStream.range(0, hotLanes.size())
                .forEach(i -> metrics.watch("hot-" + i, hotLanes.get(i).queue()));
    }

    private static List<CommandLane> lanes(String name, int count, LaneSettings settings, GroupCommit commit) {
        return IntStream.range(0, count)
                .mapToObj(i -> new CommandLane(name + i, settings, commit::accept))
                .toList();
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
        var among = turns.isHot(stream) ? hotLanes : lanes;
        if (!among.get(Math.floorMod(stream.hashCode(), among.size())).offer(waiting)) {
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
        for (var lane : hotLanes) {
            lane.stop();
        }
    }
}
