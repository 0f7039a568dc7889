package orderplatform.eventstore.database;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Has a task done by one node at a time, of all the nodes on a database. */
public final class AdvisoryLock {

    /** As long as a migration of a large log may take. */
    private static final String WAITS_AT_MOST = "1h";

    private AdvisoryLock() {}

    /**
     * Runs the task once no other node runs one under the key. A node that dies leaves the lock.
     *
     * @param key names the task in the database
     * @throws IllegalStateException if the database can't be asked, or another node has the lock for more than an hour
     */
    public static void run(DataSource dataSource, long key, Runnable task) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("SET LOCAL lock_timeout = '%s'".formatted(WAITS_AT_MOST));
            statement.execute("SELECT pg_advisory_xact_lock(%d)".formatted(key));
            task.run();
            connection.rollback();
        } catch (SQLException failed) {
            throw new IllegalStateException("No lock from the database", failed);
        }
    }
}
