package orderplatform.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import orderplatform.eventstore.Database;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables of a version whose sagas followed the log, which called another {@code append}. */
class LogMigrationTest {

    private final Database database = Database.create();
    private final JdbcTemplate owner = new JdbcTemplate(database.owner());

    @BeforeEach
    void goBack() {
        owner.execute("DROP SCHEMA event_log, next_generation, last_generation, sandbox CASCADE");
        Flyway.configure()
                .dataSource(database.owner())
                .defaultSchema("event_log")
                .table("schema_history")
                .locations("classpath:orderplatform/eventstore/migration")
                .placeholders(Map.of("applicationRole", Database.role()))
                .target("9")
                .load()
                .migrate();
        owner.update("""
                INSERT INTO event_log.token (processor_name, segment, timestamp, owner)
                VALUES ('fulfilment', 0, '2026-01-01T00:00:00Z', 'node-of-before')""");
    }

    private void sign() {
        owner.update("UPDATE event_log.token SET timestamp = ?", Instant.now().toString());
    }

    private int arguments() {
        return owner.queryForObject(
                "SELECT pronargs FROM pg_proc WHERE oid = 'event_log.append'::regproc", Integer.class);
    }

    @Test
    void is_refused_while_a_node_of_the_version_before_runs_which_goes_on() {
        try (var node = Executors.newSingleThreadScheduledExecutor()) {
            var signing = node.scheduleAtFixedRate(this::sign, 0, 500, TimeUnit.MILLISECONDS);
            assertThatThrownBy(() -> LogMigration.run(database.owner(), Database.role()))
                    .isInstanceOf(LogMigration.LogInUse.class)
                    .hasMessageContaining("node-of-before");
            signing.cancel(true);
        }
        assertThat(arguments()).isEqualTo(13);
    }

    @Test
    void goes_on_after_a_node_that_was_killed() {
        LogMigration.run(database.owner(), Database.role());
        assertThat(arguments()).isEqualTo(20);
    }
}
