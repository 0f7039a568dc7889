package orderplatform.eventstore.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Delivery;
import orderplatform.eventstore.TestNode;
import org.awaitility.Awaitility;
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

    @Test
    void a_saga_of_the_version_before_goes_on_with_its_deadline() {
        owner.execute("""
                SELECT event_log.append('{}', '{}', '{unstamped}', '{0}', ARRAY[gen_random_uuid()],
                    '{orderplatform.eventstore.Parcel$Sent}', ARRAY[NULL::text], '{Parcel}', ARRAY[now()],
                    ARRAY['{"parcel":"unstamped"}'], ARRAY['{}'], 'digest', 'node-of-before')""");
        owner.update("""
                INSERT INTO event_log.saga VALUES
                    ('of-the-parcel', 'Delivery', 4, '{"parcel":"unstamped"}'), ('of-nothing', 'Delivery', 0, '{}')""");
        owner.update(
                "INSERT INTO event_log.saga_association VALUES ('Delivery', 'parcel', 'unstamped', 'of-the-parcel')");
        owner.update("""
                INSERT INTO event_log.deadline
                    (deadline_id, due, name, scope, scope_type, payload, payload_type, metadata)
                VALUES (gen_random_uuid(), now() - interval '1 s', 'late', '{"type":"Delivery","identifier":"of-the-parcel"}',
                    'org.axonframework.modelling.saga.SagaScopeDescriptor', NULL, NULL, '{"correlationId":"request-1"}')""");

        LogMigration.run(database.owner(), Database.role());

        assertThat(owner.queryForList("SELECT saga_id || ' at ' || version FROM event_log.saga", String.class))
                .containsExactly("Delivery-unstamped at 4");
        try (var node = TestNode.on(database, Delivery.ON)) {
            Awaitility.await()
                    .untilAsserted(() -> assertThat(owner.queryForList(
                                    "SELECT event_type FROM event_log.event ORDER BY position", String.class))
                            .last()
                            .asString()
                            .endsWith("Delivered"));
        }
        assertThat(owner.queryForList("SELECT saga_id FROM event_log.saga")).isEmpty();
    }
}
