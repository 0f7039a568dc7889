package orderplatform.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import orderplatform.eventstore.Database;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** What PostgreSQL does for an append. */
class AppendTest {

    private static final String EXPLAIN = """
            LOAD 'auto_explain';
            SET auto_explain.log_min_duration = 0;
            SET auto_explain.log_nested_statements = on;
            SET auto_explain.log_analyze = on;
            SET client_min_messages = log""";

    /** More often than PostgreSQL plans for the arguments at hand before it thinks of a plan for all of them. */
    private static final int UNTIL_PLANS_ARE_KEPT = 8;

    private final Database database = Database.create();
    private final JdbcTemplate owner = new JdbcTemplate(database.owner());
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);

    /** On a session that appended first when the tables were empty. */
    @Test
    void finds_each_row_by_an_index_and_compiles_nothing() throws SQLException {
        try (var connection = database.owner().getConnection()) {
            for (int number = 0; number < UNTIL_PLANS_ARE_KEPT; number++) {
                appendWithSaga(connection, number);
            }
            try (var statement = connection.createStatement()) {
                statement.execute("""
                        INSERT INTO event_log.saga
                        SELECT 'Delivery-' || number, 'Delivery', 0, '{}' FROM generate_series(1, 20000) AS given (number)""");
                statement.execute(EXPLAIN);
            }
            assertThat(appendWithSaga(connection, UNTIL_PLANS_ARE_KEPT))
                    .contains("Merge on saga", "Insert on event", "Update on tail")
                    .doesNotContain("Hash Join", "Merge Join", "Seq Scan on saga", "Seq Scan on event", "JIT:");
        }
    }

    /** Returns the plans, if the session explains them. */
    private static String appendWithSaga(Connection connection, int number) throws SQLException {
        var sql = """
                SELECT event_log.append(ARRAY['parcel-%1$d'], '{-1}', ARRAY['Delivery-new-%1$d'], '{Delivery}', '{-1}', '{0}', ARRAY['{}'],
                    ARRAY['[]'], ARRAY[NULL::timestamptz], ARRAY['parcel-%1$d'], '{0}', ARRAY[gen_random_uuid()], '{Sent}',
                    ARRAY[NULL::text], '{Parcel}', ARRAY[now()], ARRAY['{}'], ARRAY['{}'], 'digest', 'node')""".formatted(number);
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
            var plans = new StringBuilder();
            for (var told = statement.getWarnings(); told != null; told = told.getNextWarning()) {
                plans.append(told.getMessage()).append('\n');
            }
            return plans.toString();
        }
    }

    @Test
    void moves_the_time_at_which_a_saga_is_looked_at_only_if_it_has_to() {
        var soon = now.plusSeconds(30);
        write(-1, 0, soon);
        write(0, 1, now.plusSeconds(60));
        write(1, 2, null);
        assertThat(due()).isEqualTo(soon);
        write(2, 3, now.plusSeconds(20));
        assertThat(due()).isEqualTo(now.plusSeconds(20));

        owner.update(
                "UPDATE event_log.saga SET due = ?::timestamptz",
                now.minusSeconds(1).toString());
        write(3, 4, soon);
        assertThat(due()).isEqualTo(soon);
        owner.update(
                "UPDATE event_log.saga SET due = ?::timestamptz",
                now.minusSeconds(1).toString());
        write(4, 5, null);
        assertThat(due()).isNull();
    }

    /** Without events. */
    private void write(long expected, long version, @Nullable Instant due) {
        owner.queryForList("""
                SELECT event_log.append('{}', '{}', '{Delivery-1}', '{Delivery}', ARRAY[?], ARRAY[?], ARRAY['{}'], ARRAY['[]'],
                    ARRAY[?::timestamptz], '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', 'digest', 'node')""", expected, version, due == null ? null : due.toString());
    }

    private @Nullable Instant due() {
        return owner.queryForObject(
                "SELECT due FROM event_log.saga",
                (row, number) ->
                        row.getTimestamp(1) == null ? null : row.getTimestamp(1).toInstant());
    }

    @Test
    void touches_no_index_if_a_saga_goes_on_before_it_is_due() {
        write(-1, 0, now.plusSeconds(30));
        write(0, 1, now.plusSeconds(60));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> owner.queryForObject(
                                "SELECT n_tup_hot_upd FROM pg_stat_user_tables WHERE schemaname = 'event_log' AND relname = 'saga'",
                                Long.class)
                        == 1);
    }
}
