package orderplatform.eventstore.commit;

import java.util.List;
import java.util.stream.Collectors;
import orderplatform.eventstore.log.LogEventStore;
import orderplatform.eventstore.log.PostgresEventStorageEngine;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One try of a batch: handles its commands, reacts to their events, appends them, and commits. */
final class BatchTransaction {

    private static final Logger LOG = LoggerFactory.getLogger(BatchTransaction.class);

    /** A stream with more events after the version at hand is read by itself, from its snapshot on. */
    private static final int MAX_EVENTS_READ_TOGETHER = 50;

    /** Of commands that sagas send in reaction to events of commands that sagas have sent. An order needs three. */
    private static final int MAX_WAVES = 100;

    private final CurrentBatch current;
    private final TransactionManager transactions;
    private final PostgresEventStorageEngine log;
    private final LogEventStore store;
    private final AggregateMemory aggregates;
    private final Reactions reactions;
    private final int readTogether;

    BatchTransaction(
            CurrentBatch current,
            TransactionManager transactions,
            PostgresEventStorageEngine log,
            LogEventStore store,
            AggregateMemory aggregates,
            Reactions reactions,
            LaneSettings settings) {
        this.current = current;
        this.transactions = transactions;
        this.log = log;
        this.store = store;
        this.aggregates = aggregates;
        this.reactions = reactions;
        this.readTogether = Math.min(settings.snapshotEvery(), MAX_EVENTS_READ_TOGETHER);
    }

    /** Commits all of the batch but for what loses to other writers. */
    void commit(CommitBatch batch) {
        var work = DefaultUnitOfWork.startAndGet(null);
        current.begin(batch);
        try {
            work.attachTransaction(transactions);
            handle(batch);
            append(batch);
            reactions.store(batch);
        } catch (RuntimeException | Error failed) {
            work.rollback(failed);
            throw failed instanceof RuntimeException known
                    ? known
                    : new IllegalStateException("The batch can't be handled", failed);
        } finally {
            current.end();
        }
        work.commit();
        batch.logged().ifPresent(log::committed);
        reactions.committed();
    }

    /** The callers' commands, and then by and by what sagas send in reaction to their events. */
    private void handle(CommitBatch batch) {
        handle(batch.commands(), batch);
        int waves = 0;
        for (var wave = batch.takeSent(); !wave.isEmpty(); wave = batch.takeSent()) {
            if (++waves > MAX_WAVES) {
                throw new IllegalStateException("Sagas react to each other without an end");
            }
            handle(wave, batch);
        }
    }

    private void handle(List<Waiting> wave, CommitBatch batch) {
        readAhead(wave, batch);
        for (var command : wave) {
            if (batch.leavesOut(command)) {
                return;
            }
            batch.handling(command);
            command.handle(batch);
            batch.react();
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
        var events = log.eventsAfter(versions, readTogether);
        versions.forEach((stream, version) -> {
            if (version == AggregateMemory.NONE) {
                batch.readAhead(stream, events.get(stream));
            } else {
                aggregates.catchUp(stream, events.get(stream));
                batch.readAhead(stream, null);
            }
        });
    }

    enum Outcome {
        COMMITTED,
        NOT_COMMITTED,
        UNKNOWN
    }

    /** A transaction that fails as it commits may be in the log none the less: to try it again would do it twice. */
    Outcome outcomeOf(CommitBatch batch) {
        var logged = batch.logged();
        if (logged.isEmpty()) {
            return Outcome.NOT_COMMITTED;
        }
        try {
            return transactions.fetchInTransaction(() -> log.isCommitted(logged.get()))
                    ? Outcome.COMMITTED
                    : Outcome.NOT_COMMITTED;
        } catch (RuntimeException unreachable) {
            LOG.warn("It is not known whether a batch is in the log: {}", unreachable.toString());
            return Outcome.UNKNOWN;
        }
    }

    /** So that the callers of a whole batch do not wait for one time-out after the other. */
    boolean isReachable() {
        try {
            transactions.executeInTransaction(log::head);
            return true;
        } catch (RuntimeException unreachable) {
            return false;
        }
    }

    /** Without the losers, as often as there are more of them: the lock at the log's tail keeps them from becoming many. */
    private void append(CommitBatch batch) {
        var events = batch.events();
        var logged = log.append(events, batch.expected(), reactions.changes());
        while (!logged.conflicts().isEmpty()) {
            batch.lose(logged.conflicts());
            events = batch.events();
            logged = log.append(events, batch.expected(), reactions.changes());
        }
        batch.appended(logged);
        if (!events.isEmpty()) {
            store.tellSubscribers(events);
        }
    }
}
