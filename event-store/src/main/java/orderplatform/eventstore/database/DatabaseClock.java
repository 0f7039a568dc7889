package orderplatform.eventstore.database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.tokenstore.AbstractTokenEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The database's time, which all nodes share, whatever their own clocks say: a deadline that one node sets is kept by
 * another, and a claim that one signs is judged by another. Axon takes the time of events, deadlines and claims from it.
 *
 * <p>It asks every 10 s and counts on from the last answer, so that it is as near to the database as half of a round trip
 * and as this machine's counter drifts in 10 s. An answer that took longer than half a second is not used.
 */
public final class DatabaseClock implements InstantSource, SmartLifecycle {

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(10);
    private static final Duration MAX_ROUND_TRIP = Duration.ofMillis(500);

    /** Before everything that takes the time from it. */
    private static final int PHASE = Integer.MIN_VALUE;

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);

    /** @param nanos of {@link System#nanoTime} at that time */
    private record Reading(Instant time, long nanos) {}

    private final InstantSource database;
    private volatile Reading last;
    private volatile @Nullable ScheduledExecutorService readings;

    /** @throws org.springframework.dao.DataAccessException if the database does not answer */
    DatabaseClock(DataSource dataSource) {
        var jdbc = new JdbcTemplate(dataSource);
        database = () -> Objects.requireNonNull(jdbc.queryForObject("SELECT clock_timestamp()", OffsetDateTime.class))
                .toInstant();
        last = new Reading(database.instant(), System.nanoTime());
    }

    @Override
    public Instant instant() {
        var reading = last;
        return reading.time().plusNanos(System.nanoTime() - reading.nanos());
    }

    private void read() {
        try {
            long asked = System.nanoTime();
            var time = database.instant();
            long took = System.nanoTime() - asked;
            if (took < MAX_ROUND_TRIP.toNanos()) {
                last = new Reading(time, asked + took / 2);
            }
        } catch (RuntimeException | Error unreachable) {
            LOG.debug("The database does not tell the time, this node counts on", unreachable);
        }
    }

    @Override
    public void start() {
        GenericEventMessage.clock = withZone(ZoneOffset.UTC);
        AbstractTokenEntry.clock = withZone(ZoneOffset.UTC);
        var thread = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("database-clock").factory());
        thread.scheduleWithFixedDelay(
                this::read, POLL_INTERVAL.toMillis(), POLL_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        readings = thread;
    }

    @Override
    public void stop() {
        var thread = readings;
        readings = null;
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    @Override
    public boolean isRunning() {
        return readings != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
