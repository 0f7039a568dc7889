package orderplatform.eventstore.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import orderplatform.eventstore.Database;
import org.junit.jupiter.api.Test;

/** What PostgreSQL does for an append on a session that appended first when the tables were empty. */
class AppendPlansTest {

    private static final String EXPLAIN = """
            LOAD 'auto_explain';
            SET auto_explain.log_min_duration = 0;
            SET auto_explain.log_nested_statements = on;
            SET auto_explain.log_analyze = on;
            SET client_min_messages = log""";

    /** More often than PostgreSQL plans for the arguments at hand before it thinks of a plan for all of them. */
    private static final int UNTIL_PLANS_ARE_KEPT = 8;

    private final Database database = Database.create();

    @Test
    void finds_each_row_by_an_index_and_compiles_nothing() throws SQLException {
        try (var connection = database.owner().getConnection()) {
            for (int number = 0; number < UNTIL_PLANS_ARE_KEPT; number++) {
                append(connection, number);
            }
            try (var statement = connection.createStatement()) {
                statement.execute("""
                        INSERT INTO event_log.saga
                        SELECT 'Delivery-' || number, 'Delivery', 0, '{}' FROM generate_series(1, 20000) AS given (number)""");
                statement.execute(EXPLAIN);
            }
            assertThat(append(connection, UNTIL_PLANS_ARE_KEPT))
                    .contains("Merge on saga", "Insert on event", "Update on tail")
                    .doesNotContain("Hash Join", "Merge Join", "Seq Scan on saga", "Seq Scan on event", "JIT:");
        }
    }

    /** Returns the plans, if the session explains them. */
    private static String append(Connection connection, int number) throws SQLException {
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
}
