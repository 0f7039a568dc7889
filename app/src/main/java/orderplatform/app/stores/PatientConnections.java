package orderplatform.app.stores;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Has a pool look for its database every 200 ms while that is gone. The pool itself pauses longer and longer, up to five
 * seconds, which would be added to every outage.
 */
@Configuration(proxyBeanMethods = false)
class PatientConnections {

    private static final Duration BACK_OFF = Duration.ofMillis(200);

    @Bean
    static BeanPostProcessor patientPool() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessBeforeInitialization(Object bean, String name) {
                if (bean instanceof HikariDataSource pool && pool.getDataSource() == null) {
                    pool.setDataSource(new Patient(pool));
                }
                return bean;
            }
        };
    }

    private static final class Patient extends DelegatingDataSource {

        private final HikariDataSource pool;
        private volatile boolean wasThere;

        Patient(HikariDataSource pool) {
            super(new DriverDataSource(
                    pool.getJdbcUrl(),
                    pool.getDriverClassName(),
                    pool.getDataSourceProperties(),
                    pool.getUsername(),
                    pool.getPassword()));
            this.pool = pool;
        }

        @Override
        public Connection getConnection() throws SQLException {
            while (true) {
                try {
                    var connection = super.getConnection();
                    wasThere = true;
                    return connection;
                } catch (SQLException gone) {
                    if (!wasThere || !isPassing(gone) || pool.isClosed()) {
                        throw gone;
                    }
                    pause(gone);
                }
            }
        }

        /** The pool asks as its own user, whom the connections are for anyway. */
        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }

        /** No connection (08), starting or stopping (57P), no connection left (53300). */
        private static boolean isPassing(SQLException failure) {
            var state = Objects.requireNonNullElse(failure.getSQLState(), "");
            return state.startsWith("08") || state.startsWith("57P") || state.equals("53300");
        }

        private static void pause(SQLException gone) throws SQLException {
            try {
                Thread.sleep(BACK_OFF);
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
                throw gone;
            }
        }
    }
}
