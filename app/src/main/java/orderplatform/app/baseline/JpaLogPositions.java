package orderplatform.app.baseline;

import orderplatform.command.web.LogPositions;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The global index of an event is its log position. */
@Profile("baseline")
@Component
class JpaLogPositions implements LogPositions {

    private final JdbcClient database;

    JpaLogPositions(JdbcClient database) {
        this.database = database;
    }

    @Override
    public long of(String stream, long version) {
        return database.sql(
                        "SELECT global_index FROM domain_event_entry WHERE aggregate_identifier = ? AND sequence_number = ?")
                .params(stream, version)
                .query(Long.class)
                .optional()
                .orElseThrow(() -> new IllegalStateException("%s has no version %d".formatted(stream, version)));
    }
}
