package orderplatform.eventstore.reader;

import java.sql.SQLException;
import java.sql.Statement;

/** The table in which readers keep their positions and claims, as Axon's token store has it. */
public interface ReaderTokens {

    String TABLE = "event_log.token";

    /** Gives all claims up. Only for a caller that knows that no node runs; does nothing if the schema is not there yet. */
    static void releaseClaims(Statement statement) throws SQLException {
        statement.execute("""
                DO $$ BEGIN
                    IF to_regclass('%1$s') IS NOT NULL THEN UPDATE %1$s SET owner = NULL; END IF;
                END $$""".formatted(TABLE));
    }
}
