package orderplatform.eventstore.parking;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import orderplatform.eventstore.database.SqlArrays;
import org.axonframework.modelling.command.ConcurrencyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.stereotype.Repository;

/** What is parked, as all nodes see it. */
@Repository
public class ParkingTables {

    private static final String SELECT = """
            SELECT parked.*, waiting.position, waiting.events, event.event_type
            FROM event_log.parked
            CROSS JOIN LATERAL (SELECT min(position) AS position, count(*) AS events
                                FROM event_log.parked_event WHERE parked_id = parked.parked_id) waiting
            JOIN event_log.event ON event.position = waiting.position
            """;

    private static final RowMapper<Parked> ROW = (row, number) -> new Parked(
            row.getObject("parked_id", UUID.class),
            row.getString("processor"),
            row.getString("sequence"),
            row.getLong("position"),
            row.getString("event_type"),
            row.getLong("events"),
            row.getString("cause"),
            row.getInt("attempts"),
            row.getTimestamp("parked_at").toInstant(),
            row.getTimestamp("tried_at").toInstant());

    private final JdbcTemplate database;

    /** On connections of its own: a batch holds none before it commits. */
    private final JdbcTemplate reads;

    private final Clock clock = Clock.systemUTC();

    public ParkingTables(DataSource dataSource) {
        database = new JdbcTemplate(dataSource);
        reads = new JdbcTemplate(new DelegatingDataSource(dataSource));
    }

    /** Event of a sequence that has to wait. */
    record Waiting(String sequence, long position) {}

    /** An event that its reader parks. */
    record GivenUp(String sequence, long position, Throwable cause, int attempts) {}

    /**
     * What is parked, oldest first.
     *
     * @param processors whose are left out
     * @param afterTime of the last one on the page before, with its id
     * @param limit rows, at least 1
     */
    public List<Parked> pageWithout(Collection<String> processors, Instant afterTime, UUID afterId, int limit) {
        return reads.query(
                SELECT + """
                        WHERE processor <> ALL (?) AND (parked_at, parked_id) > (?, ?)
                        ORDER BY parked_at, parked_id LIMIT ?""", ROW, SqlArrays.texts(processors), afterTime.atOffset(ZoneOffset.UTC), afterId, limit);
    }

    public Optional<Parked> find(UUID id) {
        return reads.query(SELECT + "WHERE parked_id = ?", ROW, id).stream().findFirst();
    }

    List<String> sequences(String processor, int segment) {
        return reads.queryForList(
                "SELECT sequence FROM event_log.parked WHERE processor = ? AND segment = ?",
                String.class,
                processor,
                segment);
    }

    void park(String processor, int segment, GivenUp event) {
        var id = UUID.randomUUID();
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        database.update(
                "INSERT INTO event_log.parked VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                processor,
                segment,
                event.sequence(),
                Cause.line(event.cause()),
                event.attempts(),
                now,
                now);
        database.update("INSERT INTO event_log.parked_event VALUES (?, ?)", id, event.position());
    }

    /** Whether events of the sequence have to wait. */
    public boolean isParked(String processor, String sequence) {
        return Boolean.TRUE.equals(database.queryForObject(
                "SELECT EXISTS (SELECT 1 FROM event_log.parked WHERE processor = ? AND sequence = ?)",
                Boolean.class,
                processor,
                sequence));
    }

    /** @param cause why the event at the position can't be handled */
    public void park(String processor, int segment, String sequence, long position, Throwable cause) {
        park(processor, segment, new GivenUp(sequence, position, cause, 1));
    }

    /** @throws ConcurrencyException if the sequence was meanwhile done with: its event is to be handled, then */
    public void letWait(String processor, int segment, String sequence, long position) {
        letWait(processor, segment, List.of(new Waiting(sequence, position)));
    }

    /** @throws ConcurrencyException if a sequence was meanwhile done with: its events are to be handled, then */
    void letWait(String processor, int segment, Collection<Waiting> events) {
        int waiting = database.update(
                """
                INSERT INTO event_log.parked_event
                SELECT parked.parked_id, given.position
                FROM unnest(?::text[], ?::bigint[]) AS given (sequence, position)
                JOIN event_log.parked USING (sequence)
                WHERE parked.processor = ? AND parked.segment = ?
                FOR KEY SHARE OF parked""",
                SqlArrays.of("text", events, Waiting::sequence),
                SqlArrays.of("int8", events, Waiting::position),
                processor,
                segment);
        if (waiting != events.size()) {
            throw new ConcurrencyException(
                    "%d of %d events need not wait any more".formatted(events.size() - waiting, events.size()));
        }
    }

    /**
     * Takes a waiting event out, and its sequence with the last event. A transaction that adds an event meanwhile waits for this
     * commit, and then finds the sequence gone.
     *
     * @throws ConcurrencyException if the event is out already
     */
    void done(Parked parked) {
        database.queryForList("SELECT 1 FROM event_log.parked WHERE parked_id = ? FOR UPDATE", parked.id());
        int out = database.update(
                "DELETE FROM event_log.parked_event WHERE parked_id = ? AND position = ?",
                parked.id(),
                parked.position());
        if (out == 0) {
            throw new ConcurrencyException("Event %d is done with already".formatted(parked.position()));
        }
        database.update("""
                DELETE FROM event_log.parked WHERE parked_id = ?
                AND NOT EXISTS (SELECT 1 FROM event_log.parked_event WHERE parked_id = parked.parked_id)""", parked.id());
    }

    void failedAgain(Parked parked, Throwable cause) {
        database.update(
                "UPDATE event_log.parked SET attempts = attempts + 1, cause = ?, tried_at = ? WHERE parked_id = ?",
                Cause.line(cause),
                clock.instant().atOffset(ZoneOffset.UTC),
                parked.id());
    }
}
