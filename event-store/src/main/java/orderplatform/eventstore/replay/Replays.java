package orderplatform.eventstore.replay;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import orderplatform.eventstore.log.LogRanges;
import orderplatform.eventstore.projection.Projection;
import orderplatform.eventstore.reader.Cause;
import orderplatform.eventstore.reader.Outages;
import orderplatform.eventstore.replay.Replay.Failure;
import orderplatform.eventstore.replay.Replay.State;
import org.axonframework.config.Configuration;
import org.axonframework.config.ProcessingGroup;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The replays of this node's projections, one of each at a time. What a node does not finish, because it stops or is gone or
 * can't reach the database for a while, another one, or the same, takes over within {@link #SILENCE} and begins again.
 */
public class Replays implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    /** A replay that nobody has signed for so long can be taken over. */
    static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Map<String, Projection> projections;
    private final Configuration axon;
    private final LogRanges log;
    private final ReplayTable replays;
    private final GenerationTables tables;
    private final LivePositions live;
    private final TransactionOperations transactions;
    private final ReplaySettings settings;
    private @Nullable ScheduledExecutorService lookout;
    private @Nullable ExecutorService workers;

    Replays(
            Collection<Projection> projections,
            Configuration axon,
            LogRanges log,
            ReplayTable replays,
            GenerationTables tables,
            LivePositions live,
            TransactionOperations transactions,
            ReplaySettings settings) {
        this.projections = projections.stream().collect(Collectors.toMap(Replays::nameOf, Function.identity()));
        this.axon = axon;
        this.log = log;
        this.replays = replays;
        this.tables = tables;
        this.live = live;
        this.transactions = transactions;
        this.settings = settings;
    }

    private static String nameOf(Projection projection) {
        return Objects.requireNonNull(
                        projection.getClass().getAnnotation(ProcessingGroup.class),
                        () -> projection + " is in no processing group")
                .value();
    }

    /** Whether there is a projection of this name that can be replayed. */
    public boolean has(String projection) {
        return projections.containsKey(projection);
    }

    /** Position of the log's last event; -1 of an empty log. */
    public long head() {
        return log.head();
    }

    /**
     * Begins to build a new generation, which becomes live as soon as it has caught up with the live one.
     *
     * @param until position at which it stops instead, in the sandbox
     * @return empty where a replay of the projection is under way
     */
    public Optional<Replay> begin(String projection, @Nullable Long until) {
        var begun = replays.begin(projection, until, until == null ? log.head() : until);
        begun.ifPresent(this::work);
        return begun;
    }

    public Optional<Replay> find(String projection, UUID id) {
        return replays.find(projection, id);
    }

    /** Those that are under way, on whichever node. */
    public List<Replay> underWay() {
        return replays.underWay();
    }

    /** Whether it was under way, and so goes on, pauses or ends in a moment. */
    public boolean ask(Replay replay, State runningPausedOrCancelled) {
        return replays.ask(replay, runningPausedOrCancelled);
    }

    /** Number of each projection's live generation, where it was ever replayed. */
    public Map<String, Integer> generations() {
        return tables.live();
    }

    private void work(Replay replay) {
        var projection = projections.get(replay.projection());
        if (workers != null && projection != null) {
            workers.execute(() -> work(replay, projection));
        }
    }

    private void work(Replay replay, Projection projection) {
        var handlers = new Handlers(projection, axon);
        var run = new ReplayRun(
                replay, projection, handlers, log, replays, tables, live, transactions, settings.threads());
        try {
            run.run();
        } catch (CancellationException over) {
            LOG.info("Replay {} of {} ends here: {}", replay.id(), replay.projection(), over.getMessage());
        } catch (ReplayFailed failed) {
            LOG.error("Replay {} of {} failed", replay.id(), replay.projection(), failed);
            run.fail(new Failure(failed.position(), failed.type(), Cause.line(failed)));
        } catch (RuntimeException failed) {
            LOG.error("Replay {} of {} failed", replay.id(), replay.projection(), failed);
            if (!Outages.or().test(failed)) {
                run.fail(new Failure(null, null, Cause.line(failed)));
            }
        }
    }

    private void takeOver() {
        try {
            replays.takeOver(projections.keySet(), SILENCE).forEach(this::work);
        } catch (DataAccessException gone) {
            LOG.debug("It can't be told whether there are replays to take over", gone);
        }
    }

    @Override
    public void start() {
        var threads = Thread.ofPlatform().daemon().name("replay-", 0).factory();
        workers = Executors.newCachedThreadPool(threads);
        lookout = Executors.newSingleThreadScheduledExecutor(threads);
        if (!projections.isEmpty()) {
            lookout.scheduleWithFixedDelay(this::takeOver, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void stop() {
        if (lookout != null) {
            lookout.shutdownNow();
            lookout = null;
        }
        if (workers != null) {
            workers.shutdownNow();
            workers = null;
        }
    }

    @Override
    public boolean isRunning() {
        return workers != null;
    }
}
