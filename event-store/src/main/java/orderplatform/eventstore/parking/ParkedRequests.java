package orderplatform.eventstore.parking;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import orderplatform.eventstore.parking.ParkedRequest.Action;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Requests of operators that reached a node which can't serve them; every node finds them in the database. */
@Repository
public class ParkedRequests {

    /** What no node does for so long is forgotten. */
    private static final Duration LIFETIME = Duration.ofHours(1);

    /** A request whose node is gone is taken by another then. */
    private static final Duration LEASE_TIMEOUT = Duration.ofMinutes(1);

    private static final int MAX_AT_ONCE = 50;

    private final JdbcClient database;

    ParkedRequests(JdbcClient database) {
        this.database = database;
    }

    /** A later one takes the place of one that no node has taken yet. */
    public void add(ParkedRequest request) {
        database.sql("""
                        INSERT INTO event_log.parked_request AS waiting
                        SELECT parked_id, :action, :position, :reason, clock_timestamp() FROM event_log.parked WHERE parked_id = :id
                        ON CONFLICT (parked_id) DO UPDATE SET
                            action = excluded.action, position = excluded.position, reason = excluded.reason, asked_at = excluded.asked_at
                        WHERE waiting.taken_at IS NULL""")
                .param("id", request.parkedId())
                .param("action", request.action().name())
                .param("position", request.position())
                .param("reason", request.reason())
                .update();
    }

    public boolean isWaiting(UUID parkedId) {
        return database.sql("SELECT count(*) > 0 FROM event_log.parked_request WHERE parked_id = :id")
                .param("id", parkedId)
                .query(Boolean.class)
                .single();
    }

    /** Those that no node works on, oldest first. */
    public List<ParkedRequest> free() {
        return database.sql("""
                        SELECT request.*, processor, sequence FROM event_log.parked_request request JOIN event_log.parked USING (parked_id)
                        WHERE taken_at IS NULL OR taken_at < clock_timestamp() - make_interval(secs => :lease)
                        ORDER BY asked_at LIMIT :limit""")
                .param("lease", LEASE_TIMEOUT.toSeconds())
                .param("limit", MAX_AT_ONCE)
                .query((row, number) -> request(row))
                .list();
    }

    private static ParkedRequest request(ResultSet row) throws SQLException {
        return new ParkedRequest(
                row.getObject("parked_id", UUID.class),
                row.getString("processor"),
                row.getString("sequence"),
                Action.valueOf(row.getString("action")),
                row.getLong("position"),
                row.getString("reason"));
    }

    /** @return whether it is this node's now: of several that ask, one gets it */
    public boolean take(ParkedRequest request) {
        return database.sql("""
                                UPDATE event_log.parked_request SET taken_at = clock_timestamp()
                                WHERE parked_id = :id AND action = :action AND position = :position
                                  AND (taken_at IS NULL OR taken_at < clock_timestamp() - make_interval(secs => :lease))""")
                        .param("id", request.parkedId())
                        .param("action", request.action().name())
                        .param("position", request.position())
                        .param("lease", LEASE_TIMEOUT.toSeconds())
                        .update()
                > 0;
    }

    public void done(ParkedRequest request) {
        database.sql("DELETE FROM event_log.parked_request WHERE parked_id = :id")
                .param("id", request.parkedId())
                .update();
    }

    public void forgetOld() {
        database.sql(
                        "DELETE FROM event_log.parked_request WHERE asked_at < clock_timestamp() - make_interval(secs => :lifetime)")
                .param("lifetime", LIFETIME.toSeconds())
                .update();
    }
}
