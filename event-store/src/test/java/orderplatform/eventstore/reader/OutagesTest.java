package orderplatform.eventstore.reader;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.UncategorizedSQLException;

class OutagesTest {

    private static RuntimeException failure(String sqlState) {
        return new UncategorizedSQLException("commit", null, new SQLException("from the server", sqlState));
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "53300", "57P01", "58030"})
    void what_the_server_cannot_help_is_one_whatever_it_is_wrapped_in(String sqlState) {
        assertThat(Outages.or()).accepts(new IllegalStateException(failure(sqlState)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42P01", "22001"})
    void what_the_statement_did_wrong_is_none(String sqlState) {
        assertThat(Outages.or()).rejects(failure(sqlState));
    }

    /** As HikariCP words it. */
    @Test
    void a_connection_that_the_pool_has_closed_is_one() {
        assertThat(Outages.or())
                .accepts(new UncategorizedSQLException("rollback", null, new SQLException("Connection is closed")));
    }

    @Test
    void others_are_the_applications_to_name() {
        var stuck = new ArithmeticException();
        assertThat(Outages.or())
                .accepts(new IllegalStateException(new ConnectException()))
                .rejects(stuck);
        assertThat(Outages.or(ArithmeticException.class)).accepts(stuck);
    }
}
