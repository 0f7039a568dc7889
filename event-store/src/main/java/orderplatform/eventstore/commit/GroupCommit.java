package orderplatform.eventstore.commit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import orderplatform.eventstore.log.Appends;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a batch of commands in one transaction and answers them after its commit. Where a stream was appended to elsewhere,
 * only the commands that touched it are tried again, on its new state. Where the transaction fails, its commands are
 * tried one by one, so that one that can't be stored fails alone.
 */
final class GroupCommit {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final LaneCommandBus bus;
    private final TransactionManager transactions;
    private final Function<Map<String, Long>, Set<String>> stale;
    private final AggregateCache aggregates;
    private final StreamTurns turns;
    private final LaneSettings settings;
    private final LaneMetrics metrics;

    /** @param stale which of the streams are not at these versions */
    GroupCommit(
            LaneCommandBus bus,
            TransactionManager transactions,
            Function<Map<String, Long>, Set<String>> stale,
            AggregateCache aggregates,
            StreamTurns turns,
            LaneSettings settings,
            LaneMetrics metrics) {
        this.bus = bus;
        this.transactions = transactions;
        this.stale = stale;
        this.aggregates = aggregates;
        this.turns = turns;
        this.settings = settings;
        this.metrics = metrics;
    }

    void accept(List<Waiting> commands) {
        var held = takeTurns(commands);
        try {
            var batch = commands;
            while (!batch.isEmpty()) {
                batch = tryTogether(batch);
            }
        } finally {
            held.forEach(StreamTurns.Turn::close);
        }
    }

    /** In the same order on every node, so that no two nodes wait for each other. */
    private Collection<StreamTurns.Turn> takeTurns(List<Waiting> commands) {
        Deque<StreamTurns.Turn> held = new ArrayDeque<>();
        var streams = new TreeSet<String>();
        commands.forEach(command -> streams.add(command.stream()));
        for (var stream : streams) {
            if (turns.isHot(stream)) {
                held.push(turns.take(stream));
            }
        }
        return held;
    }

    /** Gives back the commands that are to be tried again. */
    private List<Waiting> tryTogether(List<Waiting> commands) {
        var batch = new CommitBatch(commands);
        try {
            commit(batch);
        } catch (RuntimeException failed) {
            aggregates.evict(batch.streams());
            if (commands.size() == 1) {
                answer(commands.getFirst(), failed);
            } else {
                LOG.warn("A batch of {} commands failed, trying each alone: {}", commands.size(), failed.toString());
                commands.forEach(command -> {
                    var again = List.of(command);
                    while (!again.isEmpty()) {
                        again = tryTogether(again);
                    }
                });
            }
            return List.of();
        }
        return answer(batch);
    }

    private void commit(CommitBatch batch) {
        var started = System.nanoTime();
        var work = DefaultUnitOfWork.startAndGet(null);
        try {
            work.attachTransaction(transactions);
            work.resources().put(Appends.RESOURCE, batch);
            for (var command : batch.commands()) {
                batch.handling(command);
                bus.handleNested(command);
            }
            if (batch.readsOnly()) {
                batch.lose(stale.apply(batch.expected()));
            }
        } catch (RuntimeException failed) {
            if (work.isActive()) {
                work.rollback(failed);
            }
            throw failed;
        }
        work.commit();
        metrics.committed(batch.commands().size(), Duration.ofNanos(System.nanoTime() - started));
    }

    private List<Waiting> answer(CommitBatch batch) {
        var losers = batch.losers();
        var stale = batch.streamsOf(losers);
        aggregates.evict(stale);
        stale.forEach(turns::conflicted);
        metrics.conflicted(losers.size());
        batch.commands().stream().filter(command -> !losers.contains(command)).forEach(GroupCommit::answer);
        return batch.commands().stream()
                .filter(losers::contains)
                .filter(this::mayTryAgain)
                .toList();
    }

    private boolean mayTryAgain(Waiting command) {
        if (command.attempt() < settings.attempts()) {
            return true;
        }
        answer(command, new ConcurrencyException("Other writers were first %d times".formatted(settings.attempts())));
        return false;
    }

    private static void answer(Waiting command) {
        try {
            command.answer();
        } catch (RuntimeException deaf) {
            LOG.error("The answer to {} was not taken", command.command().getCommandName(), deaf);
        }
    }

    private static void answer(Waiting command, Throwable failure) {
        try {
            command.fail(failure);
        } catch (RuntimeException deaf) {
            LOG.error("The answer to {} was not taken", command.command().getCommandName(), deaf);
        }
    }
}
