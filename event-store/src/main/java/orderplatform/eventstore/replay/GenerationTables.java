package orderplatform.eventstore.replay;

import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables of a projection's generations: the live one, the next, the last, and the sandbox. */
class GenerationTables {

    static final String NEXT = "next_generation";
    static final String LAST = "last_generation";
    static final String SANDBOX = "sandbox";

    private final JdbcTemplate database;

    GenerationTables(DataSource dataSource) {
        database = new JdbcTemplate(dataSource);
    }

    /** An empty one without indexes, in place of one that is there. */
    void begin(String live, String schema) {
        call("begin_generation", live, schema);
    }

    /** Gives it the primary key, where it has none. */
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

    /** There is nothing to go back to any more. */
    void forgetLast(String projection, String live) {
        database.update(
                "UPDATE event_log.generation SET previous = NULL, previous_position = NULL WHERE projection = ?",
                projection);
        drop(live, LAST);
    }

    /** Keeps everyone from the live table until the transaction ends. Fails where others hold it for long. */
    void lock(String live) {
        database.execute("SET LOCAL lock_timeout = '500ms'");
        database.execute("LOCK TABLE " + live + " IN ACCESS EXCLUSIVE MODE");
        database.execute("SET LOCAL lock_timeout = DEFAULT");
    }

    /**
     * Puts the next generation into the place of the live one.
     *
     * @param position that both have reached
     */
    void swap(String projection, String live, long position) {
        database.query("SELECT event_log.swap_generation(?::regclass)", row -> {}, live);
        database.update("""
                INSERT INTO event_log.generation AS held (projection, number, highest, previous, previous_position)
                VALUES (?, 2, 2, 1, ?)
                ON CONFLICT (projection) DO UPDATE SET number = held.highest + 1, highest = held.highest + 1,
                    previous = held.number, previous_position = excluded.previous_position""", projection, position);
    }

    /** Number of each projection's live generation, where it was ever replayed; else it is the first. */
    Map<String, Integer> live() {
        return database
                .query(
                        "SELECT projection, number FROM event_log.generation",
                        (row, number) -> Map.entry(row.getString(1), row.getInt(2)))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
