package orderplatform.eventstore.commit;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.distributed.RoutingStrategy;
import org.axonframework.messaging.MessageHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the commands of many callers together. Commands of one aggregate go to one lane, so they share its instance and
 * wait for no lock; a caller is answered after the commit. A command that is dispatched by a command handler belongs to
 * the same transaction.
 */
public class LaneCommandBus extends SimpleCommandBus implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LaneCommandBus.class);

    private final RoutingStrategy routing;
    private final List<Lane<Waiting>> lanes;

    /** @param start has a lane's commands done from then on */
    LaneCommandBus(
            Builder builder,
            RoutingStrategy routing,
            LaneSettings settings,
            Function<LaneCommandBus, GroupCommit> commits,
            LaneMetrics metrics,
            Consumer<Lane<Waiting>> start) {
        super(builder);
        this.routing = routing;
        var commit = commits.apply(this);
        lanes = IntStream.range(0, settings.count())
                .mapToObj(i -> new Lane<>(
                        "lane-" + i, settings.queue(), settings.batch(), commit::accept, LaneCommandBus::failed))
                .toList();
        IntStream.range(0, lanes.size())
                .forEach(i -> metrics.watch(i, lanes.get(i).queue()));
        lanes.forEach(start);
    }

    private static void failed(Waiting command, RuntimeException cause) {
        if (!(cause instanceof LaneFull)) {
            LOG.error("{} was not handled", command.command().getCommandName(), cause);
        }
        command.fail(cause);
    }

    @Override
    protected <C, R> void handle(
            CommandMessage<C> command,
            MessageHandler<? super CommandMessage<?>> handler,
            CommandCallback<? super C, ? super R> callback) {
        if (Lane.isCurrent()) {
            super.handle(command, handler, callback);
            return;
        }
        var stream = routing.getRoutingKey(command);
        var waiting = new Waiting(command, handler, stream, callback);
        if (!lanes.get(Math.floorMod(stream.hashCode(), lanes.size())).offer(waiting)) {
            waiting.fail(new LaneFull("Too many commands are waiting."));
        }
    }

    /** Commands that wait in the lanes of this node. */
    public int waiting() {
        return lanes.stream().mapToInt(lane -> lane.queue().size()).sum();
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
