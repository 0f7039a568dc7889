package orderplatform.eventstore.replay;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import orderplatform.eventstore.replay.Comparison.Content;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables of a projection's generations: the live one, the next, the last, and the sandbox. */
class GenerationTables {

    static final String NEXT = "next_generation";
    static final String LAST = "last_generation";
    static final String SANDBOX = "sandbox";

    private static final String LOCK_LAST =
            "SELECT previous_position, previous_version FROM event_log.generation WHERE projection = ? AND previous IS NOT NULL FOR UPDATE";

    private static final String FORGET_LAST = """
            UPDATE event_log.generation
            SET previous = NULL, previous_position = NULL, previous_version = NULL, previous_since = NULL
            WHERE projection = ? AND previous IS NOT NULL""";

    /**
     * The generation that was live before.
     *
     * @param position that it has reached
     * @param version that built it
     */
    record Last(long position, int version) {}

    private final LivePositions positions;
    private final JdbcTemplate database;

    GenerationTables(DataSource dataSource, LivePositions positions) {
        this.positions = positions;
        database = new JdbcTemplate(dataSource);
    }

    /** An empty one without indexes, in place of one that is there. */
    void begin(String live, String schema) {
        call("begin_generation", live, schema);
    }

    /** Gives it the primary key, if it has none. */
    void key(String live, String schema) {
        call("key_generation", live, schema);
    }

    /** Gives it all indexes. */
    void index(String live, String schema) {
        call("index_generation", live, schema);
    }

    void drop(String live, String schema) {
        call("drop_generation", live, schema);
    }

    private void call(String function, String live, String schema) {
        database.query("SELECT event_log.%s(?::regclass, ?)".formatted(function), row -> {}, live, schema);
    }

    /** A query for what is in a table. */
    static String content(String table) {
        return "SELECT count(*), coalesce(sum(hashtextextended(r::text, 0)::numeric), 0)::text FROM %s AS r"
                .formatted(table);
    }

    Content content(String live, String schema) {
        return Objects.requireNonNull(database.queryForObject(
                content(schema + "." + live), (row, number) -> new Content(row.getLong(1), row.getString(2))));
    }

    /** Whether there was something to go back to; there is nothing any more. */
    boolean forgetLast(String projection, String live) {
        int forgotten = database.update(FORGET_LAST, projection);
        drop(live, LAST);
        return forgotten > 0;
    }

    /** The same, if it has been the last one for longer. */
    boolean forgetLast(String projection, String live, Duration longer) {
        boolean isForgotten = database.update(
                        FORGET_LAST + " AND previous_since < now() - make_interval(secs => ?)",
                        projection,
                        longer.toSeconds())
                > 0;
        if (isForgotten) {
            drop(live, LAST);
        }
        return isForgotten;
    }

    /**
     * Keeps everyone from the live table, its token and its generations until the transaction ends.
     *
     * @return the position of the live generation
     * @throws GenerationInUse if others hold the table for long, because all who come meanwhile wait behind
     */
    long lock(String projection, String live) {
        try {
            database.query(LOCK_LAST, row -> {}, projection);
            database.execute("SET LOCAL lock_timeout = '500ms'");
            database.execute("LOCK TABLE " + live + " IN ACCESS EXCLUSIVE MODE");
            long position = positions.locked(projection);
            database.execute("SET LOCAL lock_timeout = DEFAULT");
            return position;
        } catch (DataAccessException inUse) {
            throw new GenerationInUse(live, inUse);
        }
    }

    /** The last generation, if there is one; nobody else changes it before the transaction ends. */
    Optional<Last> last(String projection) {
        return database.query(LOCK_LAST, (row, number) -> new Last(row.getLong(1), row.getInt(2)), projection).stream()
                .findFirst();
    }

    /**
     * Puts the next generation into the place of the live one.
     *
     * @param position that both have reached
     * @param version that built it
     */
    void swap(String projection, String live, long position, int version) {
        database.query("SELECT event_log.swap_generation(?::regclass)", row -> {}, live);
        database.update("""
                UPDATE event_log.generation SET number = highest + 1, highest = highest + 1, version = ?,
                    previous = number, previous_position = ?, previous_version = version, previous_since = now()
                WHERE projection = ?""", version, position, projection);
    }

    /** Lets the last generation and the live one change places, at the position that both have reached. */
    void restore(String projection, String live, long position) {
        database.query("SELECT event_log.restore_generation(?::regclass)", row -> {}, live);
        database.update("""
                UPDATE event_log.generation SET number = previous, version = previous_version,
                    previous = number, previous_position = ?, previous_version = version, previous_since = now()
                WHERE projection = ?""", position, projection);
    }

    /** Number of each projection's live generation, if it was ever replayed; else it is the first. */
    Map<String, Integer> live() {
        return database
                .query(
                        "SELECT projection, number FROM event_log.generation",
                        (row, number) -> Map.entry(row.getString(1), row.getInt(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
