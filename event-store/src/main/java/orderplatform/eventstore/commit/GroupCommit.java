package orderplatform.eventstore.commit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import orderplatform.eventstore.commit.ReactionBatch.Reaction;
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

    private final BatchTransaction transaction;
    private final AggregateMemory aggregates;
    private final Reactions reactions;
    private final int attempts;
    private final LaneMetrics metrics;

    /** @param attempts times that a command is tried while other writers are first */
    GroupCommit(
            BatchTransaction transaction,
            AggregateMemory aggregates,
            Reactions reactions,
            int attempts,
            LaneMetrics metrics) {
        this.transaction = transaction;
        this.aggregates = aggregates;
        this.reactions = reactions;
        this.attempts = attempts;
        this.metrics = metrics;
    }

    /** Gives back the commands that are to be tried again, and those that the batch had no room for. */
    List<Waiting> tryTogether(List<Waiting> commands) {
        var parking = new HashMap<Reaction, ReactionFailed>();
        while (true) {
            var batch = new CommitBatch(commands, aggregates, reactions, parking);
            try {
                return tryTogether(batch);
            } catch (ReactionFailed failed) {
                // In the next try its event is parked, so each try adds one.
                if (parking.put(failed.reaction(), failed) != null) {
                    throw new IllegalStateException("A parked event was reacted to", failed);
                }
            }
        }
    }

    private List<Waiting> tryTogether(CommitBatch batch) {
        var commands = batch.commands();
        var started = System.nanoTime();
        try {
            transaction.commit(batch);
            metrics.committed(batch.commands().size(), Duration.ofNanos(System.nanoTime() - started));
        } catch (RuntimeException failed) {
            aggregates.forget(batch.dependencies());
            reactions.drop();
            if (failed instanceof ReactionFailed) {
                throw failed;
            }
            switch (transaction.outcomeOf(batch)) {
                case COMMITTED -> LOG.warn("The answer to a commit was lost, the batch is in the log", failed);
                case NOT_COMMITTED -> {
                    tryAlone(commands, failed);
                    return List.of();
                }
                case UNKNOWN -> {
                    commands.forEach(command -> answer(command, failed));
                    return List.of();
                }
            }
        }
        return answer(batch);
    }

    private void tryAlone(List<Waiting> commands, RuntimeException failed) {
        if (commands.size() == 1) {
            answer(commands.getFirst(), failed);
            return;
        }
        LOG.warn("A batch of {} commands failed, trying each alone: {}", commands.size(), failed.toString());
        for (int i = 0; i < commands.size(); i++) {
            if (!transaction.isReachable()) {
                commands.subList(i, commands.size()).forEach(command -> answer(command, failed));
                return;
            }
            var left = List.of(commands.get(i));
            while (!left.isEmpty()) {
                left = tryTogether(left);
            }
        }
    }

    private List<Waiting> answer(CommitBatch batch) {
        var losers = batch.losers();
        aggregates.forget(batch.dependenciesOf(losers));
        aggregates.contested(batch.contested());
        metrics.conflicted(losers.size());
        batch.afterCommit().forEach(GroupCommit::runAfterCommit);
        batch.winners().forEach(GroupCommit::answer);
        return Stream.concat(losers.stream().filter(command -> mayTryAgain(command, batch)), batch.leftOut().stream())
                .toList();
    }

    private static void runAfterCommit(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException | Error failed) {
            LOG.error("What was to be done after a commit failed", failed);
        }
    }

    private boolean mayTryAgain(Waiting command, CommitBatch batch) {
        if (command.attempt(batch.dependenciesOf(List.of(command))) < attempts) {
            return true;
        }
        answer(command, new ConcurrencyException("Other writers were first %d times".formatted(attempts)));
        return false;
    }

    private static void answer(Waiting command) {
        try {
            command.answer();
        } catch (RuntimeException | Error deaf) {
            LOG.error("The answer to {} was not taken", command.name(), deaf);
        }
    }

    private static void answer(Waiting command, Throwable failure) {
        try {
            command.fail(failure);
        } catch (RuntimeException | Error deaf) {
            LOG.error("The answer to {} was not taken", command.name(), deaf);
        }
    }
}
