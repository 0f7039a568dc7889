package orderplatform.eventstore.log;

import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the tables of the log to the version of this code, with a history of its own beside the application's. */
public final class LogMigration {

    private LogMigration() {}

    /**
     * Migrates older tables; makes them where there are none.
     *
     * @param owner connects as the role that owns the tables
     * @param applicationRole the role that the application connects as: it gets to add to the log and to read it
     * @throws NewerLog where a newer version of this code has made the tables
     */
    public static void run(DataSource owner, String applicationRole) {
        var flyway = Flyway.configure()
                .dataSource(owner)
                .defaultSchema(LogTable.SCHEMA)
                .table("schema_history")
                .locations("classpath:orderplatform/eventstore/migration")
                .placeholders(Map.of("applicationRole", applicationRole))
                .load();
        Arrays.stream(flyway.info().all())
                .filter(migration -> migration.getState() == MigrationState.FUTURE_SUCCESS
                        || migration.getState() == MigrationState.FUTURE_FAILED)
                .findFirst()
                .ifPresent(LogMigration::refuse);
        flyway.migrate();
    }

    private static void refuse(MigrationInfo newer) {
        throw new NewerLog(String.valueOf(newer.getVersion()));
    }

    /** The tables are of a version that this code does not know. */
    public static final class NewerLog extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        NewerLog(String version) {
            super("the log was made by a newer version (migration %s is unknown here)".formatted(version));
        }
    }
}
