package orderplatform.eventstore.replay;

import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import orderplatform.eventstore.projection.Projection;
import orderplatform.eventstore.reader.ClaimRule;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which version of its projection's code built each live generation. A node of another version neither reads nor changes
 * rows that it may not understand: it does not follow the log for them until a replay has put its own in their place.
 */
class LiveVersions implements ClaimRule {

    private final Map<String, Supplier<Projection>> projections;
    private final JdbcTemplate database;

    LiveVersions(Map<String, Supplier<Projection>> projections, DataSource dataSource) {
        this.projections = projections;
        this.database = new JdbcTemplate(dataSource);
    }

    @Override
    public boolean mayClaim(String reader) {
        return Optional.ofNullable(projections.get(reader))
                .map(Supplier::get)
                .map(projection -> of(reader).orElse(projection.version()) == projection.version())
                .orElse(true);
    }

    /** None if nothing was noted yet. */
    Optional<Integer> of(String projection) {
        return database
                .queryForList(
                        "SELECT version FROM event_log.generation WHERE projection = ?", Integer.class, projection)
                .stream()
                .findFirst();
    }

    /**
     * Notes which version builds a projection's rows if nothing is noted yet. What was followed before versions were noted
     * is of the first.
     *
     * @return whether nothing was noted yet
     */
    boolean note(Projection projection) {
        return database.queryForList("""
                        INSERT INTO event_log.generation (projection, number, highest, version)
                        SELECT given.name, 1, 1, CASE WHEN followed.already THEN 1 ELSE given.version END
                        FROM (VALUES (?, ?)) AS given (name, version),
                             LATERAL (SELECT EXISTS (SELECT 1 FROM event_log.token WHERE processor_name = given.name)) AS followed (already)
                        ON CONFLICT (projection) DO NOTHING
                        RETURNING true""", Boolean.class, projection.name(), projection.version())
                .contains(true);
    }

    /** Whether a node has signed for the reader within the time that its claim lasts. */
    boolean isFollowed(String projection) {
        return Boolean.TRUE.equals(database.queryForObject("""
                SELECT EXISTS (SELECT 1 FROM event_log.token WHERE processor_name = ? AND owner IS NOT NULL
                               AND timestamp::timestamptz > now() - interval '10 seconds')""", Boolean.class, projection));
    }
}
