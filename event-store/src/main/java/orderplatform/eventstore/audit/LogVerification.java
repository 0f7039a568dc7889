package orderplatform.eventstore.audit;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import javax.sql.DataSource;
import orderplatform.eventstore.audit.ChainWalk.Batch;
import orderplatform.eventstore.bulk.LogCopy;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * Verifies the log by its chain of hashes. An attacker who may write to the tables can recompute the chain behind a change; a
 * hash that was kept outside of the database, see {@link #hashAt}, reveals that.
 */
public final class LogVerification {

    private static final int PAGE = 1_000;

    private static final String BATCHES = """
            SELECT first_position, last_position, previous_hash, hash FROM event_log.batch
            WHERE first_position >= ? AND first_position <= ? ORDER BY first_position LIMIT ?""";
    private static final String FIRST_OF_BATCH =
            "SELECT max(first_position) FROM event_log.batch WHERE first_position <= ?";
    private static final String HASH_BEFORE =
            "SELECT hash FROM event_log.batch WHERE first_position < ? ORDER BY first_position DESC LIMIT 1";
    private static final String HASH_AT = """
            SELECT hash FROM event_log.batch WHERE last_position = ?
            AND first_position = (SELECT max(first_position) FROM event_log.batch WHERE first_position <= ?)""";
    private static final String EVENTS = """
            COPY (SELECT position, stream, version, event_id, event_type, revision, stream_type, recorded_at,
            payload, metadata FROM event_log.event WHERE position BETWEEN %d AND %d ORDER BY position)
            TO STDOUT (FORMAT binary)""";

    private static final RowMapper<Batch> A_BATCH =
            (row, number) -> new Batch(row.getLong(1), row.getLong(2), row.getBytes(3), row.getBytes(4));

    private final JdbcTemplate database;
    private final LogCopy copy;

    /** @param dataSource of a role that may read the tables of the log */
    public LogVerification(DataSource dataSource) {
        database = new JdbcTemplate(dataSource);
        copy = new LogCopy(dataSource);
    }

    private record Tail(long position, byte[] hash) {}

    /** Position of the last event; -1 of an empty log. */
    public long head() {
        return tail().position();
    }

    /**
     * Verifies the batches that the events of a range are in, as far as they are in the log by now.
     *
     * @param from position of the first event
     * @param to position of the last event
     * @param progress is told up to which position the log is whole
     * @throws DataAccessException if the log can't be read
     */
    public LogVerdict verify(long from, long to, LongConsumer progress) {
        var tail = tail();
        long end = Math.min(to, tail.position());
        var walk = walk(from);
        while (!walk.isBroken() && walk.next() <= end) {
            var batches = database.query(BATCHES, A_BATCH, walk.next(), end, PAGE);
            if (batches.isEmpty()) {
                walk.breaksAt(walk.next(), "is missing with all behind it, up to " + tail.position());
            } else {
                verify(batches, walk);
                progress.accept(walk.next() - 1);
            }
        }
        if (!walk.isBroken() && walk.next() > tail.position() && !Arrays.equals(walk.hash(), tail.hash())) {
            walk.breaksAt(walk.next() - 1, "is in another batch than the one that the log's tail names");
        }
        return walk.verdict(tail.position());
    }

    /** @param page the batches that come next */
    private void verify(List<Batch> page, ChainWalk walk) {
        var ahead = page.iterator();
        walk.begin(ahead.next());
        copy.rows(EVENTS.formatted(walk.next(), page.getLast().last()), row -> {
            walk.add(row.nextLong(), row);
            if (walk.isBatchComplete()) {
                walk.end();
                if (ahead.hasNext()) {
                    walk.begin(ahead.next());
                }
            }
        });
        walk.end();
    }

    /** The hash over everything up to a position, to be kept outside of the database; empty if no batch ends there. */
    public Optional<byte[]> hashAt(long position) {
        return Optional.ofNullable(
                DataAccessUtils.singleResult(database.queryForList(HASH_AT, byte[].class, position, position)));
    }

    private ChainWalk walk(long from) {
        long first = Objects.requireNonNullElse(database.queryForObject(FIRST_OF_BATCH, Long.class, from), 0L);
        var before = DataAccessUtils.singleResult(database.queryForList(HASH_BEFORE, byte[].class, first));
        return new ChainWalk(first, Objects.requireNonNullElse(before, HashChain.START));
    }

    private Tail tail() {
        return Objects.requireNonNull(database.queryForObject(
                "SELECT position, hash FROM event_log.tail",
                (row, number) -> new Tail(row.getLong(1), row.getBytes(2))));
    }
}
