package orderplatform.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Purse;
import orderplatform.eventstore.TestNode;
import orderplatform.eventstore.audit.LogCheck;
import orderplatform.eventstore.database.LogMigration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

class AppendOnlyTest {

    private static final List<String> CHANGES = List.of(
            "UPDATE event_log.event SET payload = '{}'",
            "DELETE FROM event_log.event",
            "TRUNCATE event_log.event",
            "UPDATE event_log.batch SET hash = ''",
            "DELETE FROM event_log.batch",
            "TRUNCATE event_log.batch");

    private final Database database = Database.create();

    @Test
    void events_get_positions_without_gaps_and_a_chain_that_fits() {
        try (var node = TestNode.on(database)) {
            for (int i = 0; i < 20; i++) {
                node.sendAndWait(new Purse.PutIn("purse-" + i % 3, i));
            }
        }
        assertThat(LogCheck.sound(database.owner())).isEqualTo(20);
    }

    @Test
    void the_applications_role_can_change_nothing_that_is_in_the_log() {
        var application = new JdbcTemplate(database.application());
        assertThat(CHANGES)
                .allSatisfy(change -> assertThatThrownBy(() -> application.execute(change))
                        .rootCause()
                        .hasMessageContaining("permission denied"));
    }

    @Test
    void nor_can_the_owner_by_mistake() {
        var owner = new JdbcTemplate(database.owner());
        assertThat(CHANGES)
                .allSatisfy(change -> assertThatThrownBy(() -> owner.execute(change))
                        .rootCause()
                        .hasMessageContaining("the log only grows"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE event_log.event SET payload = '{\"purse\":\"purse\",\"amount\":9}' WHERE position = 1",
                "UPDATE event_log.event SET stream = 'other' WHERE position = 2",
                "DELETE FROM event_log.event WHERE position = 3",
                "UPDATE event_log.batch SET hash = sha256('x') WHERE first_position = 1"
            })
    void a_change_behind_the_triggers_back_breaks_the_chain(String change) {
        try (var node = TestNode.on(database)) {
            for (int i = 0; i < 4; i++) {
                node.sendAndWait(new Purse.PutIn("purse", i));
            }
        }
        var owner = new JdbcTemplate(database.owner());
        owner.execute("SET session_replication_role = replica; " + change);
        assertThatThrownBy(() -> LogCheck.sound(database.owner())).isInstanceOf(AssertionError.class);
    }

    @Test
    void tables_of_a_newer_version_are_refused() {
        new JdbcTemplate(database.owner())
                .execute(
                        "INSERT INTO event_log.schema_history SELECT installed_rank + 100, '999', description, type, script, checksum, installed_by, installed_on, execution_time, success FROM event_log.schema_history WHERE version = '1'");
        assertThatThrownBy(() -> LogMigration.run(database.owner(), Database.role()))
                .isInstanceOf(LogMigration.NewerLog.class)
                .hasMessageContaining("999");
    }
}
