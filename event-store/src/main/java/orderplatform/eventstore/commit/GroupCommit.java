package orderplatform.eventstore.commit;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import orderplatform.eventstore.commit.ReactionBatch.Reaction;
import orderplatform.eventstore.log.Appends;
import orderplatform.eventstore.log.PostgresEventStorageEngine;
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

    /** A stream of so many events is read by itself, from its snapshot on. */
    private static final int LONG = 50;

    /** Of commands that sagas send in reaction to events of commands that sagas have sent. An order needs three. */
    private static final int MAX_WAVES = 100;

    private final LaneCommandBus bus;
    private final TransactionManager transactions;
    private final PostgresEventStorageEngine log;
    private final AggregateCache aggregates;
    private final Reactions reactions;
    private final LaneSettings settings;
    private final LaneMetrics metrics;

    GroupCommit(
            LaneCommandBus bus,
            TransactionManager transactions,
            PostgresEventStorageEngine log,
            AggregateCache aggregates,
            Reactions reactions,
            LaneSettings settings,
            LaneMetrics metrics) {
        this.bus = bus;
        this.transactions = transactions;
        this.log = log;
        this.aggregates = aggregates;
        this.reactions = reactions;
        this.settings = settings;
        this.metrics = metrics;
    }

    /** Gives back the commands that are to be tried again, and those that the batch had no room for. */
    List<Waiting> tryTogether(List<Waiting> commands) {
        var parking = new HashMap<Reaction, ReactionFailed>();
        while (true) {
            var batch = new CommitBatch(commands, reactions, parking);
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
        try {
            commit(batch);
        } catch (RuntimeException failed) {
            aggregates.evict(batch.streams());
            reactions.drop();
            if (failed instanceof ReactionFailed) {
                throw failed;
            }
            switch (outcomeOf(batch)) {
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

    private enum Outcome {
        COMMITTED,
        NOT_COMMITTED,
        UNKNOWN
    }

    /** A transaction that fails as it commits may be in the log none the less: to try it again would do it twice. */
    private Outcome outcomeOf(CommitBatch batch) {
        var appended = batch.appended();
        if (appended == null) {
            return Outcome.NOT_COMMITTED;
        }
        try {
            return transactions.fetchInTransaction(() -> log.isCommitted(appended))
                    ? Outcome.COMMITTED
                    : Outcome.NOT_COMMITTED;
        } catch (RuntimeException unreachable) {
            LOG.warn("It is not known whether {} is in the log: {}", appended, unreachable.toString());
            return Outcome.UNKNOWN;
        }
    }

    private void tryAlone(List<Waiting> commands, RuntimeException failed) {
        if (commands.size() == 1) {
            answer(commands.getFirst(), failed);
            return;
        }
        LOG.warn("A batch of {} commands failed, trying each alone: {}", commands.size(), failed.toString());
        for (int i = 0; i < commands.size(); i++) {
            if (!isReachable()) {
                commands.subList(i, commands.size()).forEach(command -> answer(command, failed));
                return;
            }
            var left = List.of(commands.get(i));
            while (!left.isEmpty()) {
                left = tryTogether(left);
            }
        }
    }

    /** So that the callers of a whole batch do not wait for one time-out after the other. */
    private boolean isReachable() {
        try {
            transactions.executeInTransaction(log::head);
            return true;
        } catch (RuntimeException unreachable) {
            return false;
        }
    }

    private void commit(CommitBatch batch) {
        var started = System.nanoTime();
        var work = DefaultUnitOfWork.startAndGet(null);
        try {
            work.attachTransaction(transactions);
            work.resources().put(Appends.RESOURCE, batch);
            work.onPrepareCommit(preparing -> preparing.onPrepareCommit(appended -> {
                storeWithoutEvents(batch);
                reactions.store(batch);
            }));
            handle(batch.commands(), batch);
            int waves = 0;
            for (var wave = batch.takeSent(); !wave.isEmpty(); wave = batch.takeSent()) {
                if (++waves > MAX_WAVES) {
                    throw new IllegalStateException("Sagas react to each other without an end");
                }
                handle(wave, batch);
            }
        } catch (RuntimeException failed) {
            if (work.isActive()) {
                work.rollback(failed);
            }
            throw failed;
        }
        work.commit();
        reactions.committed();
        metrics.committed(batch.commands().size(), Duration.ofNanos(System.nanoTime() - started));
    }

    /** The callers' commands, and then by and by what sagas send in reaction to their events. */
    private void handle(List<Waiting> wave, CommitBatch batch) {
        readAhead(wave, batch);
        for (var command : wave) {
            if (batch.leavesOut(command)) {
                return;
            }
            batch.handling(command);
            command.handle(bus);
            batch.react();
        }
    }

    /** No append has checked the versions that the outcome of the batch rests on, or has written its sagas. */
    private void storeWithoutEvents(CommitBatch batch) {
        if (batch.appended() != null) {
            return;
        }
        var conflicts = log.storeWithoutEvents(batch);
        while (!conflicts.isEmpty()) {
            batch.lose(conflicts);
            conflicts = log.storeWithoutEvents(batch);
        }
    }

    /** What has to be read, at once instead of stream by stream. */
    private void readAhead(List<Waiting> wave, CommitBatch batch) {
        var wanted =
                wave.stream().flatMap(Waiting::depends).filter(batch::isNew).collect(Collectors.toSet());
        reactions.readAhead(wanted);
        var versions = aggregates.versionsToReadAfter(wanted);
        if (versions.isEmpty()) {
            return;
        }
        var events = log.eventsAfter(versions, Math.min(settings.snapshotEvery(), LONG));
        versions.forEach((stream, version) -> {
            if (version == AggregateCache.NONE) {
                batch.readAhead(stream, events.get(stream));
            } else {
                aggregates.catchUp(stream, events.get(stream));
                batch.readAhead(stream, null);
            }
        });
    }

    private List<Waiting> answer(CommitBatch batch) {
        var losers = batch.losers();
        var stale = batch.streamsOf(losers);
        aggregates.evict(stale);
        aggregates.contested(batch.contested());
        metrics.conflicted(losers.size());
        batch.afterCommit().forEach(GroupCommit::runAfterCommit);
        batch.commands().stream().filter(command -> !losers.contains(command)).forEach(GroupCommit::answer);
        batch.sent().stream()
                .filter(command -> !losers.contains(command.cause().orElseThrow()))
                .forEach(GroupCommit::answer);
        return Stream.concat(
                        batch.commands().stream()
                                .filter(losers::contains)
                                .filter(command -> mayTryAgain(command, batch)),
                        batch.leftOut().stream())
                .toList();
    }

    private static void runAfterCommit(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException failed) {
            LOG.error("What was to be done after a commit failed", failed);
        }
    }

    private boolean mayTryAgain(Waiting command, CommitBatch batch) {
        if (command.attempt(batch.streamsOf(Set.of(command))) < settings.attempts()) {
            return true;
        }
        answer(command, new ConcurrencyException("Other writers were first %d times".formatted(settings.attempts())));
        return false;
    }

    private static void answer(Waiting command) {
        try {
            command.answer();
        } catch (RuntimeException deaf) {
            LOG.error("The answer to {} was not taken", command.name(), deaf);
        }
    }

    private static void answer(Waiting command, Throwable failure) {
        try {
            command.fail(failure);
        } catch (RuntimeException deaf) {
            LOG.error("The answer to {} was not taken", command.name(), deaf);
        }
    }
}
