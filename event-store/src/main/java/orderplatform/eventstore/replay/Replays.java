package orderplatform.eventstore.replay;

import java.time.Duration;
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
import java.util.function.Supplier;
import java.util.stream.Collectors;
import orderplatform.eventstore.bulk.LogRanges;
import orderplatform.eventstore.parking.Cause;
import orderplatform.eventstore.projection.Projection;
import orderplatform.eventstore.projection.RowPage;
import orderplatform.eventstore.reader.Outages;
import orderplatform.eventstore.replay.Replay.Failure;
import orderplatform.eventstore.replay.Replay.State;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.transaction.TransactionException;

/**
 * The replays of this node's projections, one of each at a time. What a node does not finish, because it stops or is gone or
 * can't reach the database for a while, another one, or the same, takes over within {@link #LEASE_TIMEOUT} and begins again.
 */
public class Replays implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Replays.class);

    /** A replay that nobody has signed for so long can be taken over. */
    static final Duration LEASE_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

    private static final int FIRST_GENERATION = 1;

    /** Before the readers of the log, who cache by generation; they stop first. */
    private static final int PHASE = Integer.MIN_VALUE + 2_000;

    private final Map<String, Supplier<Projection>> beans;
    private final Means means;
    private final LogRanges log;
    private final ReplayTable replays;
    private final Rebuilds rebuilds;
    private final ReplayMetrics metrics;

    /** Looked up at the start: they may need this one to be made. */
    private volatile Map<String, Projection> projections = Map.of();

    private volatile Map<String, Integer> generations = Map.of();
    private @Nullable ScheduledExecutorService lookout;
    private @Nullable ExecutorService workers;

    Replays(Map<String, Supplier<Projection>> beans, Means means, ReplayMetrics metrics) {
        this.beans = beans;
        this.means = means;
        this.log = means.log();
        this.replays = means.replays();
        this.rebuilds = new Rebuilds(means.versions(), means.live());
        this.metrics = metrics;
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
     * @return empty if a replay of the projection is under way
     */
    public Optional<Replay> begin(String projection, @Nullable Long until) {
        var version =
                Objects.requireNonNull(projections.get(projection), projection).version();
        var begun = replays.begin(projection, version, until, until == null ? log.head() : until);
        begun.ifPresent(this::work);
        return begun;
    }

    /** Begins one of each projection; if one is under way already, it is that. */
    public List<Replay> beginAll() {
        projections.keySet().forEach(this::begins);
        return latest();
    }

    /** The last one that began of each projection, by name, over or not. */
    public List<Replay> latest() {
        return replays.latest(projections.keySet());
    }

    private boolean begins(String projection) {
        return begin(projection, null).isPresent();
    }

    public Optional<Replay> find(String projection, UUID id) {
        return replays.find(projection, id);
    }

    /** Whether it was under way, and so goes on, pauses or ends in a moment. */
    public boolean ask(Replay replay, State runningPausedOrCancelled) {
        return replays.ask(replay, runningPausedOrCancelled);
    }

    /**
     * Rows that a replay with a position to stop at has left in the sandbox, in the order of their keys.
     *
     * @param only what the first column of the key has to be; none for any
     * @param after key of the row after which they begin; empty from the first on
     * @return empty if they are not there, not all yet, or not any more: the next such replay takes their place
     * @throws IllegalArgumentException if that can't be a key
     */
    public Optional<RowPage> sandbox(Replay replay, @Nullable String only, List<String> after, int limit) {
        var projection = projections.get(replay.projection());
        if (projection == null || replay.state() != State.STOPPED || !replays.isInSandbox(replay)) {
            return Optional.empty();
        }
        try {
            return Optional.of(projection.rows().page(GenerationTables.SANDBOX, only, after, limit));
        } catch (BadSqlGrammarException replacedNow) {
            return Optional.empty();
        }
    }

    private void tellWhatIsLeft() {
        var left = replays.underWay().stream()
                .collect(Collectors.toMap(Replay::projection, it -> it.target() - it.position()));
        projections.keySet().forEach(name -> metrics.left(name, left.getOrDefault(name, 0L)));
    }

    /** Number of a projection's live generation, from 1. A change on another node shows {@link #POLL_INTERVAL} late. */
    public int generation(String projection) {
        return generations.getOrDefault(projection, FIRST_GENERATION);
    }

    /** On which node ever the change was. */
    private void lookWhatIsLive() {
        generations = means.tables().live();
    }

    /**
     * Makes the last generation live again, up to date; what was live is the last one then.
     *
     * @return whether there is a last generation
     * @throws ReplayFailed if it can't take an event that came since; nothing has changed then
     * @throws OtherVersion if it is not of this node's version
     */
    public boolean rollBack(String name) {
        var isDone = lastOf(name).restore();
        lookWhatIsLive();
        return isDone;
    }

    /**
     * Drops the last generation.
     *
     * @return whether there was one
     */
    public boolean dropLast(String name) {
        return lastOf(name).drop();
    }

    private void dropOld(String name) {
        var keep = means.settings().keepLast();
        if (lastOf(name).dropAfter(keep)) {
            LOG.info("The last generation of {} is dropped, {} after it was live", name, keep);
        }
    }

    private LastGeneration lastOf(String projection) {
        return new LastGeneration(Objects.requireNonNull(projections.get(projection), projection), means);
    }

    private void work(Replay replay) {
        var projection = projections.get(replay.projection());
        if (workers != null && projection != null) {
            workers.execute(() -> work(replay, projection));
        }
    }

    private void work(Replay replay, Projection projection) {
        var run = new ReplayRun(replay, projection, means);
        try {
            run.run();
            lookWhatIsLive();
            metrics.over(replay.projection(), replay.until() == null ? State.SWAPPED : State.STOPPED);
        } catch (CancellationException over) {
            LOG.info("Replay {} of {} ends here: {}", replay.id(), replay.projection(), over.getMessage());
        } catch (ReplayFailed failed) {
            LOG.error("Replay {} of {} failed", replay.id(), replay.projection(), failed);
            fail(run, replay, new Failure(failed.position(), failed.type(), Cause.line(failed)));
        } catch (RuntimeException failed) {
            LOG.error("Replay {} of {} failed", replay.id(), replay.projection(), failed);
            if (!Outages.or().test(failed)) {
                fail(run, replay, new Failure(null, null, Cause.line(failed)));
            }
        }
    }

    private void fail(ReplayRun run, Replay replay, Failure failure) {
        run.fail(failure);
        metrics.over(replay.projection(), State.FAILED);
    }

    private void look() {
        try {
            lookWhatIsLive();
            tellWhatIsLeft();
            replays.takeOver(projections.values(), LEASE_TIMEOUT).forEach(this::work);
            rebuilds.look(projections.values(), this::begins);
            projections.keySet().forEach(this::dropOld);
        } catch (DataAccessException | TransactionException gone) {
            LOG.debug("The replays of other nodes can't be seen", gone);
        } catch (RuntimeException | Error failed) {
            // It is looked again: one that is thrown on would end that for ever.
            LOG.error("The replays of other nodes can't be seen", failed);
        }
    }

    @Override
    public void start() {
        projections = beans.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, bean -> bean.getValue().get()));
        lookWhatIsLive();
        var threads = Thread.ofPlatform().daemon().name("replay-", 0).factory();
        workers = Executors.newCachedThreadPool(threads);
        rebuilds.begin(projections.values(), log.head(), this::begins);
        lookout = Executors.newSingleThreadScheduledExecutor(threads);
        lookout.scheduleWithFixedDelay(
                this::look, POLL_INTERVAL.toMillis(), POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
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

    @Override
    public int getPhase() {
        return PHASE;
    }
}
