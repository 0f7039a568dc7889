package orderplatform.eventstore.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The checkpoints of all nodes, for all nodes to show. The database's owner could change them: their signatures tell. */
class CheckpointTable {

    private static final String SELECT =
            "SELECT position, hash, signature, key_id, signed_at FROM event_log.checkpoint ";

    private final JdbcClient database;

    CheckpointTable(JdbcClient database) {
        this.database = database;
    }

    /** Those with the highest positions, oldest first. */
    List<SignedCheckpoint> newest(int limit) {
        return database.sql(SELECT + "ORDER BY position DESC, signed_at DESC LIMIT :limit")
                .param("limit", limit)
                .query((row, number) -> of(row))
                .list()
                .reversed();
    }

    private static SignedCheckpoint of(ResultSet row) throws SQLException {
        return new SignedCheckpoint(
                row.getLong("position"),
                row.getString("hash"),
                row.getString("signature"),
                row.getString("key_id"),
                Instant.parse(row.getString("signed_at")));
    }

    /** @param keys ids of the keys that signed them */
    List<SignedCheckpoint> signedWith(Collection<String> keys) {
        return database.sql(SELECT + "WHERE key_id = ANY (:keys) ORDER BY position, signed_at")
                .param("keys", keys.toArray(String[]::new))
                .query((row, number) -> of(row))
                .list();
    }

    /** Does nothing for one that is there. */
    void add(SignedCheckpoint made) {
        database.sql("""
                        INSERT INTO event_log.checkpoint (position, hash, signature, key_id, signed_at)
                        VALUES (:position, :hash, :signature, :key, :at) ON CONFLICT DO NOTHING""")
                .param("position", made.position())
                .param("hash", made.hash())
                .param("signature", made.signature())
                .param("key", made.keyId())
                .param("at", made.at().toString())
                .update();
    }
}
