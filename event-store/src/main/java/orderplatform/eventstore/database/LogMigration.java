package orderplatform.eventstore.database;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import orderplatform.eventstore.log.LogTable;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.core.JdbcTemplate;

/** Brings the tables of the log to the version of this code, with a history of its own beside the application's. */
public final class LogMigration {

    private static final String CLAIMS =
            "SELECT processor_name, segment, owner, timestamp FROM event_log.token WHERE owner IS NOT NULL";

    /** What nodes of older versions call is replaced by it. */
    private static final List<MigrationVersion> NOT_BESIDE_OLDER_NODES =
            List.of(MigrationVersion.fromVersion("10"), MigrationVersion.fromVersion("11"));

    /** A node that lives signs its claims more often than this. By its own clock, so that only a change says something. */
    private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(7);

    private LogMigration() {}

    /**
     * Migrates older tables; makes them if there are none.
     *
     * @param owner connects as the role that owns the tables
     * @param applicationRole the role that the application connects as: it gets to add to the log and to read it
     * @throws NewerLog if a newer version of this code has made the tables
     * @throws LogInUse if the migration can't be done beside the nodes of an older version that run on the tables
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
        if (leavesOlderNodesBehind(flyway.info())) {
            requireNoNode(owner);
        }
        flyway.migrate();
    }

    private static boolean leavesOlderNodesBehind(MigrationInfoService info) {
        return info.current() != null
                && Arrays.stream(info.pending())
                        .anyMatch(migration -> NOT_BESIDE_OLDER_NODES.contains(migration.getVersion()));
    }

    private static void requireNoNode(DataSource owner) {
        var claims = new JdbcTemplate(owner);
        var before = claims.queryForList(CLAIMS);
        if (before.isEmpty()) {
            return;
        }
        try {
            Thread.sleep(HEARTBEAT_TIMEOUT);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        claims.queryForList(CLAIMS).stream()
                .filter(claim -> !before.contains(claim))
                .findFirst()
                .ifPresent(signed -> {
                    throw new LogInUse(String.valueOf(signed.get("owner")));
                });
    }

    private static void refuse(MigrationInfo newer) {
        throw new NewerLog(String.valueOf(newer.getVersion()));
    }

    /** A node of an older version runs on the tables. */
    public static final class LogInUse extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        LogInUse(String node) {
            super("the log is in use by node %s of an older version, which this version can't run beside"
                    .formatted(node));
        }
    }

    /** The tables are of a version that this code does not know. */
    public static final class NewerLog extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        NewerLog(String version) {
            super("the log was made by a newer version (migration %s is unknown here)".formatted(version));
        }
    }
}
