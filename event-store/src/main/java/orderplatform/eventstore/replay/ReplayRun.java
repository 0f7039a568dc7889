package orderplatform.eventstore.replay;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CancellationException;
import orderplatform.eventstore.bulk.LogRanges;
import orderplatform.eventstore.projection.Generation;
import orderplatform.eventstore.projection.Projection;
import orderplatform.eventstore.replay.LivePositions.Snapshot;
import orderplatform.eventstore.replay.Replay.Failure;
import orderplatform.eventstore.replay.Replay.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/**
 * One replay from its empty table to the swap. What it writes it writes in transactions that sign for it, so that a node
 * whose replay was taken over writes nothing more.
 */
final class ReplayRun {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayRun.class);

    private static final Duration POLL_INTERVAL = Duration.ofMillis(200);
    /** Times the last stretch, while others append. */
    private static final int YIELD_FACTOR = 4;

    private static final Duration MAX_YIELD = Duration.ofSeconds(1);

    /** A live projection that is further behind the log than this is not waited for. */
    private static final long FOLLOWING = 10_000;

    private static final int SWAP_ATTEMPTS = 60;

    /** Positions. */
    private static final long LEFT_FOR_SWAP = 500;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Replay replay;
    private final LogRanges log;
    private final ReplayTable replays;
    private final GenerationTables tables;
    private final LivePositions live;
    private final LiveVersions versions;
    private final TransactionOperations transactions;
    private final String table;
    private final String schema;
    private final Generation<?> generation;
    private final Fold fold;
    private long position = -1;
    private long target;

    /** In nanoseconds, later by each pause. */
    private long begun = System.nanoTime();

    private boolean isKeyed;
    private long seenHead = -1;
    private long stretchBegun = System.nanoTime();

    ReplayRun(Replay replay, Projection projection, Means means) {
        this.replay = replay;
        this.log = means.log();
        this.replays = means.replays();
        this.tables = means.tables();
        this.live = means.live();
        this.versions = means.versions();
        this.transactions = means.transactions();
        this.target = replay.target();
        this.table = projection.rows().table();
        this.schema = replay.until() == null ? GenerationTables.NEXT : GenerationTables.SANDBOX;
        this.generation = projection.rows().generation(schema, this::key);
        this.fold = new Fold(projection, generation, means);
    }

    private void key() {
        if (!isKeyed) {
            tables.key(table, schema);
            isKeyed = true;
        }
    }

    /**
     * Returns when it is over, or another node has taken it over.
     *
     * @throws ReplayFailed at an event that can't be handled
     * @throws CancellationException if it was cancelled, or taken over, or this node stops
     */
    void run() {
        try (fold) {
            signed(() -> tables.begin(table, schema));
            build();
            if (replay.until() == null) {
                catchUp();
                compare();
                swap();
            } else {
                signed(() -> replays.finish(replay, State.STOPPED, null));
            }
        }
    }

    private void build() {
        foldTo(replay.until() == null ? wanted() : replay.until());
        signed(() -> {
            generation.flush();
            tables.index(table, schema);
            isKeyed = true;
        });
    }

    /** As far as the live generation is, so that its readers see no difference; as far as the log, if that is far ahead. */
    private long wanted() {
        long follower = live.of(replay.projection());
        long head = log.head();
        return Math.max(position, head - follower < FOLLOWING ? follower : head);
    }

    private void foldTo(long newTarget) {
        target = newTarget;
        position = fold.run(position, newTarget, this::reached);
    }

    private void catchUp() {
        for (long next = wanted(); next - position > LEFT_FOR_SWAP; next = wanted()) {
            foldTo(next);
        }
    }

    /** Differences keep nothing from the swap: the log is what is right, and the rows that were live stay as the last ones. */
    private void compare() {
        if (isOfAnotherVersion()) {
            return;
        }
        var live = new ArrayList<Snapshot>(1);
        signed(() -> this.live
                .content(replay.projection(), table)
                .filter(snapshot -> snapshot.position() >= position)
                .ifPresent(live::add));
        for (var snapshot : live) {
            foldTo(snapshot.position());
            signed(() -> {
                generation.flush();
                note(new Comparison(position, tables.content(table, schema), snapshot.content()));
            });
        }
    }

    private void note(Comparison comparison) {
        replays.compared(replay, comparison);
        if (!comparison.isEqual()) {
            LOG.warn("The live rows of {} are not what the log makes of them: {}", replay.projection(), comparison);
        }
    }

    private void reached(long newPosition) {
        position = newPosition;
        var state = signed(generation::trim);
        if (state == State.PAUSED) {
            var paused = System.nanoTime();
            while (state == State.PAUSED) {
                pause();
                state = signed(() -> {});
            }
            begun += System.nanoTime() - paused;
        }
        giveWay();
    }

    /** While the log grows, others have the processors and the disk for a multiple of what the last stretch took. */
    private void giveWay() {
        long head = log.head();
        if (seenHead >= 0 && head > seenHead) {
            long took = System.nanoTime() - stretchBegun;
            pause(Duration.ofNanos(Math.min(YIELD_FACTOR * took, MAX_YIELD.toNanos())));
        }
        seenHead = head;
        stretchBegun = System.nanoTime();
    }

    private static void pause() {
        pause(POLL_INTERVAL);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CancellationException("this node stops");
        }
    }

    private void swap() {
        signed(() -> tables.forgetLast(replay.projection(), table));
        for (int attempt = 1; !isSwapped(attempt); attempt++) {
            pause();
            catchUp();
        }
        LOG.info("{} has a new generation, at position {}", replay.projection(), position);
    }

    /** Nobody reads or writes the live table meanwhile, so there must be little left to do. */
    private boolean isSwapped(int attempt) {
        try {
            signed(() -> {
                long follower = tables.lock(replay.projection(), table);
                if (follower > position) {
                    position = fold.run(position, follower, reached -> {});
                }
                generation.flush();
                if (position > follower || isOfAnotherVersion()) {
                    live.move(replay.projection(), position);
                }
                tables.swap(replay.projection(), table, position, replay.version());
                target = position;
                replays.sign(replay, position, target, eventsPerSecond());
                replays.finish(replay, State.SWAPPED, null);
            });
            return true;
        } catch (GenerationInUse busy) {
            if (attempt == SWAP_ATTEMPTS) {
                throw busy;
            }
            return false;
        }
    }

    /** Nodes of the live version must not go on with the new rows. */
    private boolean isOfAnotherVersion() {
        return versions.of(replay.projection()).orElseThrow() != replay.version();
    }

    /**
     * Works in a transaction that ends with nothing written if the replay is not this node's any more. Signs again at its
     * end, which may be long after its beginning.
     */
    private State signed(Runnable work) {
        var state = transactions.execute(transaction -> {
            var asked = replays.sign(replay, position, target, eventsPerSecond())
                    .orElseThrow(() -> new CancellationException("another node has taken it over"));
            if (asked == State.CANCELLED) {
                replays.finish(replay, State.CANCELLED, null);
                tables.drop(table, schema);
            } else {
                work.run();
                replays.sign(replay, position, target, eventsPerSecond());
            }
            return asked;
        });
        if (state == State.CANCELLED) {
            throw new CancellationException("it was cancelled");
        }
        return state;
    }

    private long eventsPerSecond() {
        return (long) ((position + 1) * NANOS_PER_SECOND / (System.nanoTime() - begun));
    }

    /** What is left of it is of no use. */
    void fail(Failure failure) {
        transactions.executeWithoutResult(transaction -> {
            replays.finish(replay, State.FAILED, failure);
            tables.drop(table, schema);
        });
    }
}
