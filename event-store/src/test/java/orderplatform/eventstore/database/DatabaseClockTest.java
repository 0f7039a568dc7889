package orderplatform.eventstore.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import orderplatform.eventstore.Database;
import orderplatform.eventstore.Forwarder;
import orderplatform.eventstore.Purse;
import orderplatform.eventstore.TestNode;
import org.awaitility.Awaitility;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.tokenstore.AbstractTokenEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A node's own clock may be an hour off: so is the database's in here. The clock is the whole JVM's, so no other test runs beside
 * this one: a claim that another one signed meanwhile would last for an hour.
 */
@Isolated
class DatabaseClockTest {

    private final Database database = Database.create();
    private final JdbcTemplate owner = new JdbcTemplate(database.owner());

    DatabaseClockTest() {
        owner.execute("""
                CREATE SCHEMA elsewhere;
                GRANT USAGE ON SCHEMA elsewhere TO public;
                CREATE FUNCTION elsewhere.clock_timestamp() RETURNS timestamptz LANGUAGE sql
                    AS $$ SELECT pg_catalog.clock_timestamp() + interval '1 hour' $$""");
        owner.execute("""
                DO $$ BEGIN
                    EXECUTE format('ALTER DATABASE %I SET search_path = elsewhere, pg_catalog, public', current_database());
                END $$""");
    }

    @AfterEach
    void give_the_time_back() {
        GenericEventMessage.clock = Clock.systemUTC();
        AbstractTokenEntry.clock = Clock.systemUTC();
    }

    @Test
    void events_and_claims_have_the_time_of_the_database() {
        try (var node = TestNode.on(database, Forwarder.STORE_EVERY + "100ms")) {
            node.sendAndWait(new Purse.PutIn("purse-1", 1));
            var inAnHour = Instant.now().plus(1, ChronoUnit.HOURS);
            assertThat(owner.queryForObject("SELECT max(recorded_at) FROM event_log.event", OffsetDateTime.class)
                            .toInstant())
                    .isCloseTo(inAnHour, within(1, ChronoUnit.MINUTES));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(owner.queryForList(
                                    "SELECT timestamp FROM event_log.token WHERE processor_name = ? AND owner IS NOT NULL",
                                    String.class,
                                    Forwarder.READER))
                            .isNotEmpty()
                            .allSatisfy(signed -> assertThat(Instant.parse(signed))
                                    .isCloseTo(inAnHour, within(1, ChronoUnit.MINUTES))));
        }
    }
}
